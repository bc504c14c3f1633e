package io.asynclog.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;

/** Talks to the demo over HTTP. */
public class DemoClient {
    private static final String ORDER = "{\"customer\": \"Ada\", \"item\": \"lamp\", \"quantity\": 2}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Environment environment;

    DemoClient(Environment environment) {
        this.environment = environment;
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer post(String path) {
        return post(path, "");
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer send(String method, String path, String json) {
        URI uri = URI.create("http://localhost:" + environment.getRequiredProperty("local.server.port") + path);
        BodyPublisher body = json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, body);
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Places an order and returns its id. */
    public String placeOrder() {
        Answer answer = post("/orders", ORDER);
        assertThat(answer.status()).isEqualTo(201);
        return answer.text("$.id");
    }

    public void setFault(String mode) {
        assertThat(post("/audit/fault?mode=" + mode).status()).isEqualTo(200);
    }

    /** Mends the audit sink and waits until it has caught up. */
    public void mend() {
        setFault("none");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Answer sink = get("/actuator/asynclog/audit");
            assertThat(sink.text("$.state")).isEqualTo("running");
            assertThat(sink.number("$.depth")).isZero();
        });
    }

    public record Answer(int status, String body) {
        public String text(String path) {
            return JsonPath.read(body, path);
        }

        public List<String> texts(String path) {
            return JsonPath.read(body, path);
        }

        public int number(String path) {
            return JsonPath.read(body, path);
        }

        public boolean flag(String path) {
            return JsonPath.read(body, path);
        }

        public Map<String, Object> members(String path) {
            return JsonPath.read(body, path);
        }
    }
}
