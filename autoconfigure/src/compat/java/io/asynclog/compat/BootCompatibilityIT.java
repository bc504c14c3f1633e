package io.asynclog.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.LogBatch;
import io.asynclog.LogReceipt;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.transaction.support.TransactionTemplate;

/** What the jars, compiled against a newer Spring Boot, do on the one that the module names. */
@ExtendWith(OutputCaptureExtension.class)
class BootCompatibilityIT {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    /** Levels belong to the JVM: each start sets them anew for all. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            "spring.application.name", "shop",
            "asynclog.console.enabled", "false",
            "logging.level.io.asynclog.compat.quiet", "warn");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext application;

    private Shop shop;
    private List<String> flushed;

    @BeforeAll
    static void start() {
        application = run(
                WebApplicationType.SERVLET,
                "--server.port=0",
                "--spring.jmx.enabled=true",
                "--management.endpoints.jmx.exposure.include=asynclog",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always",
                "--management.endpoint.health.group.readiness.include=asynclog/buffer",
                "--management.endpoint.asynclog.access=unrestricted",
                "--asynclog.tail.enabled=true",
                "--asynclog.file.path=" + folder.resolve("shop.log"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void look() {
        shop = application.getBean(Shop.class);
        flushed = application.getBean(Audit.class).messages;
    }

    @Test
    void runsOnTheVersionOfTheModule() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("expected.spring-boot.version"));
    }

    @Test
    void aRecordIsInTheSinkAndTheFileWhenItsFutureCompletes() throws IOException {
        assertThat(shop.log.infoAsync("sold {}", "a lamp"))
                .succeedsWithin(DEADLINE)
                .returns(true, LogReceipt::isLogged);
        assertThat(flushed).contains("sold a lamp");
        assertThat(Files.readString(folder.resolve("shop.log")))
                .containsPattern("INFO .*\\.BootCompatibilityIT\\$Shop +: sold a lamp");
    }

    @Test
    void levelsAreThoseOfTheLoggingSystem() {
        AsyncLogger quiet = application.getBean(AsyncLogManager.class).getLogger("io.asynclog.compat.quiet");
        assertThat(quiet.isInfoEnabled()).isFalse();
        assertThat(post("/actuator/loggers/io.asynclog.compat.quiet", "{\"configuredLevel\":\"debug\"}"))
                .returns(204, HttpResponse::statusCode);
        assertThat(quiet.isDebugEnabled()).isTrue();
    }

    @Test
    void recordsAreBoundToTransactions() {
        TransactionTemplate transaction = application.getBean(TransactionTemplate.class);
        CompletableFuture<LogReceipt> committed =
                transaction.execute(status -> shop.log.afterCommit().infoAsync("committed"));
        CompletableFuture<LogReceipt> rolledBack = transaction.execute(status -> {
            status.setRollbackOnly();
            return shop.log.afterCommit().infoAsync("rolled back");
        });
        assertThat(committed).succeedsWithin(DEADLINE).returns(true, LogReceipt::isLogged);
        assertThat(rolledBack).succeedsWithin(DEADLINE).returns(LogReceipt.Status.DISCARDED, LogReceipt::status);
        assertThat(flushed).contains("committed").doesNotContain("rolled back");
    }

    @Test
    void theEndpointReports() {
        assertThat(json("/actuator/asynclog", "$.state")).isEqualTo("running");
        assertThat(json("/actuator/asynclog", "$.sinks.audit.state")).isEqualTo("running");
        assertThat(json("/actuator/asynclog/audit", "$.delivery")).isEqualTo("required");
        assertThat(get("/actuator/asynclog/nobody")).returns(404, HttpResponse::statusCode);
    }

    @Test
    void theEndpointActs() {
        HttpResponse<String> answer = post("/actuator/asynclog/audit", "{\"action\":\"pause\"}");
        // At once, or the other tests would wait for it.
        assertThat(post("/actuator/asynclog/audit", "{\"action\":\"resume\"}")).returns(200, HttpResponse::statusCode);
        assertThat(answer).returns(200, HttpResponse::statusCode);
        assertThat((String) JsonPath.read(answer.body(), "$.report.state")).isEqualTo("paused");
        assertThat(post("/actuator/asynclog", "{\"action\":\"flush\",\"timeout\":\"20s\"}"))
                .returns(200, HttpResponse::statusCode);
        assertThat(post("/actuator/asynclog/audit", "{\"action\":\"dance\"}")).returns(400, HttpResponse::statusCode);
    }

    @Test
    void theEndpointActsOverJmx() throws JMException {
        ObjectName endpoint = new ObjectName("org.springframework.boot:type=Endpoint,name=Asynclog");
        Object[] arguments = {"audit", "resume", null, null};
        String[] signature = new String[4];
        Arrays.fill(signature, String.class.getName());
        Object answer = ManagementFactory.getPlatformMBeanServer().invoke(endpoint, "actOnSink", arguments, signature);
        assertThat(answer).asInstanceOf(MAP).containsEntry("action", "resume");
    }

    @Test
    void theTailIsAnswered() {
        shop.log.warn("nearly sold out");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(get("/actuator/asynclog/tail?level=warn&contains=SOLD&limit=5")
                                .body())
                        .contains("nearly sold out"));
    }

    @Test
    void theLivePageIsServed() {
        assertThat(get("/actuator/asyncloglive").body()).startsWith("<!doctype html>");
        assertThat(get("/actuator/asyncloglive/live.js")).returns(200, HttpResponse::statusCode);
    }

    @Test
    void theMetersAreAtThePrometheusEndpoint() {
        assertThat(shop.log.infoAsync("measured")).succeedsWithin(DEADLINE);
        assertThat(get("/actuator/prometheus").body().lines())
                .contains("asynclog_sink_state{delivery=\"required\",sink=\"audit\",state=\"running\"} 1.0")
                .anyMatch(line -> line.startsWith("asynclog_records_accepted_records_total "))
                .anyMatch(line ->
                        line.startsWith("asynclog_sink_flush_seconds_count{outcome=\"success\",sink=\"audit\""));
    }

    @Test
    void healthHasAComponentOfTwoParts() {
        String component = "$.components.asynclog.components";
        assertThat(json("/actuator/health", component + ".buffer.status")).isEqualTo("UP");
        assertThat(json("/actuator/health", component + ".sinks.details.audit.state"))
                .isEqualTo("running");
        assertThat(json("/actuator/health/asynclog/buffer", "$.details.engine")).isEqualTo("running");
        assertThat(json("/actuator/health/readiness", component + ".buffer.status"))
                .isEqualTo("UP");
    }

    /** With a health group that has a part of ours, and without which Spring Boot does not start. */
    @Test
    void anApplicationStartsWithoutAnEngine() {
        try (ConfigurableApplicationContext other = run(
                WebApplicationType.SERVLET,
                "--server.port=0",
                "--management.endpoint.health.group.readiness.include=asynclog/buffer",
                "--asynclog.enabled=0")) {
            assertThat(other.getBeanProvider(AsyncLogManager.class).getIfAvailable())
                    .isNull();
            assertThat(other.getBean(Shop.class).log.infoAsync("passed on"))
                    .succeedsWithin(DEADLINE)
                    .isEqualTo(LogReceipt.PASSED_ON);
        }
    }

    @ParameterizedTest
    @CsvSource({"buffer.max-size=1MB, Raise it to at least 2097152 bytes", "buffer.max-sise=2MB, Did you mean"})
    void aWrongPropertyEndsTheStartWithTheMend(String property, String mend, CapturedOutput output) {
        assertThatException().isThrownBy(() -> run(WebApplicationType.NONE, "--asynclog." + property)
                .close());
        assertThat(output).contains("APPLICATION FAILED TO START", "Action:\n\n" + mend);
    }

    @Test
    void aClosedApplicationHasFlushed() {
        ConfigurableApplicationContext other = run(WebApplicationType.NONE);
        List<String> sink = other.getBean(Audit.class).messages;
        AsyncLogger log = other.getBean(Shop.class).log;
        for (int i = 0; i < 1_000; i++) {
            log.info("order {}", i);
        }
        other.close();
        assertThat(sink).hasSize(1_000).endsWith("order 999");
    }

    @Test
    void whatLogbacksLoggersLogIsInTheSinkToo() {
        ConfigurableApplicationContext other = run(WebApplicationType.NONE, "--asynclog.logback.enabled=true");
        List<String> sink = other.getBean(Audit.class).messages;
        LoggerFactory.getLogger("io.asynclog.compat.Library").info("connected to {}", "a server");
        other.close();
        assertThat(sink).contains("connected to a server");
    }

    /** In the very last step, behind the start of the lifecycles, which Spring Boot 3.5 does not stop then. */
    @Test
    void aStartThatFailsLeavesLogbackAsItWas() {
        SpringApplication failing = new SpringApplication(Application.class);
        failing.setWebApplicationType(WebApplicationType.NONE);
        failing.setDefaultProperties(DEFAULTS);
        failing.addListeners((ApplicationListener<ContextRefreshedEvent>) event -> {
            assertThat(appendersOfRoot()).contains("ASYNCLOG").doesNotContain("CONSOLE");
            throw new IllegalStateException("not today");
        });
        assertThatException()
                .isThrownBy(() -> failing.run("--asynclog.logback.enabled=true", "--asynclog.console.enabled=true")
                        .close())
                .withMessage("not today");
        assertThat(appendersOfRoot()).contains("CONSOLE").doesNotContain("ASYNCLOG");
    }

    private static List<String> appendersOfRoot() {
        List<String> names = new ArrayList<>();
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
                .iteratorForAppenders()
                .forEachRemaining(appender -> names.add(appender.getName()));
        return names;
    }

    private static ConfigurableApplicationContext run(WebApplicationType type, String... arguments) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(type);
        application.setDefaultProperties(DEFAULTS);
        return application.run(arguments);
    }

    private static String json(String path, String field) {
        return JsonPath.read(get(path).body(), field);
    }

    private static HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    private static HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static HttpRequest.Builder request(String path) {
        String port = application.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Shop.class)
    static class Application {
        @Bean
        Audit audit() {
            return new Audit();
        }
    }

    static class Shop {
        final AsyncLogger log;

        Shop(AsyncLogger log) {
            this.log = log;
        }
    }

    static class Audit implements FlushFunction {
        final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void flush(LogBatch batch) {
            batch.forEach(record -> messages.add(record.message()));
        }
    }
}
