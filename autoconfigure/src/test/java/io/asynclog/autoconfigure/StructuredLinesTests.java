package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.asynclog.AsyncLogger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file's lines in the formats that Spring Boot's own log has, too, beside its lines. */
class StructuredLinesTests {
    private static final String MESSAGE = "Order 7 \"failed\"";
    private static final Marker AUDIT = MarkerFactory.getDetachedMarker("AUDIT");
    private static final Marker SECURITY = MarkerFactory.getDetachedMarker("SECURITY");
    private final Exception failure = new IllegalStateException("no stock: 0\nleft");

    private final JsonMapper json = new JsonMapper();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AsyncLogAutoConfiguration.class))
            .withPropertyValues(
                    "asynclog.console.enabled=false",
                    "spring.application.name=shop",
                    "spring.application.version=1.2",
                    "spring.application.pid=" + ProcessHandle.current().pid(),
                    "logging.structured.ecs.service.environment=production",
                    "logging.structured.ecs.service.node-name=a1");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    void theyHaveTheMembersOfSpringBootsOwnWithTheSameValues(String format) {
        Path file = folder.resolve("app.log");
        runner.withPropertyValues("asynclog.file.path=" + file, "asynclog.file.format=" + format)
                .run(context -> {
                    context.getBean(AsyncLogger.class)
                            .atWarn()
                            .addMarker(AUDIT)
                            .addMarker(SECURITY)
                            .addKeyValue("order.id", 7)
                            .setCause(failure)
                            .log(MESSAGE);
                    context.getBean(AsyncLogger.class).flushAsync().join();

                    Map<String, JsonNode> ours = members(Files.readString(file));
                    Map<String, JsonNode> boots = members(lineOfBoot(format, context.getEnvironment()));
                    assertThat(ours.remove("event.sequence"))
                            .isEqualTo("ecs".equals(format) ? json.readTree("0") : null);
                    assertThat(ours.keySet()).isEqualTo(boots.keySet());
                    assertThat(time(ours).getOffset()).isEqualTo(time(boots).getOffset());
                    assertThat(trace(ours)).isEqualTo(trace(boots));
                    for (String logger : List.of("log.logger", "logger_name")) { // the one is named after a class
                        ours.remove(logger);
                        boots.remove(logger);
                    }
                    assertThat(ours).isEqualTo(boots);
                });
    }

    private static OffsetDateTime time(Map<String, JsonNode> members) {
        return OffsetDateTime.parse(members.remove("@timestamp").asString());
    }

    private static String trace(Map<String, JsonNode> members) {
        JsonNode inEcs = members.remove("error.stack_trace");
        return (inEcs == null ? members.remove("stack_trace") : inEcs)
                .asString()
                .strip();
    }

    @Test
    void aLineOfTheElasticCommonSchemaNamesTheServiceByTheApplication() {
        Path file = folder.resolve("app.log");
        runner.withPropertyValues("asynclog.file.path=" + file, "asynclog.file.format=ecs")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    context.getBean(AsyncLogger.class).flushAsync().join();

                    assertThat(members(Files.readString(file))
                                    .get("service.name")
                                    .asString())
                            .isEqualTo("shop");
                });
    }

    private String lineOfBoot(String format, Environment environment) {
        LoggerContext logback = new LoggerContext();
        logback.putObject(Environment.class.getName(), environment);
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(logback);
        encoder.setFormat(format);
        encoder.start();
        LoggingEvent event = new LoggingEvent(
                "", logback.getLogger("any"), ch.qos.logback.classic.Level.WARN, MESSAGE, failure, new Object[0]);
        event.addMarker(AUDIT);
        event.addMarker(SECURITY);
        event.setMDCPropertyMap(Map.of());
        event.addKeyValuePair(new KeyValuePair("order.id", "7"));
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    /** Returns the members of an object and of those within, by their names with dots between. */
    private Map<String, JsonNode> members(String line) {
        Map<String, JsonNode> members = new TreeMap<>();
        collect("", json.readTree(line), members);
        return members;
    }

    private static void collect(String prefix, JsonNode object, Map<String, JsonNode> members) {
        object.properties().forEach(member -> {
            if (member.getValue().isObject()) {
                collect(prefix + member.getKey() + ".", member.getValue(), members);
            } else {
                members.put(prefix + member.getKey(), member.getValue());
            }
        });
    }
}
