package io.asynclog.autoconfigure.actuate;

import io.asynclog.autoconfigure.RecordingSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole application with a web server, as a user would have it, asked over HTTP. */
public final class WebApplication implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String portProperty = "local.server.port";

    public WebApplication(WebApplicationType type, String... arguments) {
        this(type, new Class<?>[] {Application.class}, arguments);
    }

    WebApplication(WebApplicationType type, Class<?> configuration, String... arguments) {
        this(type, new Class<?>[] {configuration}, arguments);
    }

    public WebApplication(WebApplicationType type, Class<?>[] sources, String... arguments) {
        SpringApplication application = new SpringApplication(sources);
        application.setWebApplicationType(type);
        String[] all = new String[arguments.length + 3];
        all[0] = "--server.port=0";
        all[1] = "--management.endpoints.web.exposure.include=*";
        all[2] = "--management.endpoint.health.show-details=always";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        context = application.run(all);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** Sends these with every request from now on. */
    void setHeader(String name, String value) {
        headers.put(name, value);
    }

    /** Has every request from now on go to another port, the management's for instance. */
    void usePortOf(String property) {
        portProperty = property;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** As a page of another site may, which a browser lets send nothing of type JSON. */
    HttpResponse<String> postWithoutType(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    JsonNode json(String path) {
        return new JsonMapper().readTree(get(path).body());
    }

    private HttpRequest.Builder request(String path) {
        String port = context.getEnvironment().getProperty(portProperty);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(SlowController.class)
    public static class Application {
        @Bean
        RecordingSink audit() {
            return new RecordingSink();
        }
    }
}
