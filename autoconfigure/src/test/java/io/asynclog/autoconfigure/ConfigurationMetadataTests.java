package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogManager;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.sink.ConsoleOptions;
import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a developer's editor knows of the properties. */
class ConfigurationMetadataTests {
    private final Map<String, JsonNode> properties = read();

    @Test
    void everyPropertyIsKnown() {
        assertThat(properties)
                .containsKeys(PropertyNames.all().toArray(String[]::new))
                .containsKeys(
                        "asynclog.sinks", "management.endpoint.asynclog.access", "management.health.asynclog.enabled");
    }

    @Test
    void thereAreNoOthers() {
        assertThat(properties.keySet())
                .filteredOn(name -> name.startsWith("asynclog.") && !name.equals("asynclog.sinks"))
                .containsExactlyInAnyOrderElementsOf(PropertyNames.all());
    }

    @Test
    void everyPropertyIsDescribedInSentences() {
        assertThat(properties).allSatisfy((name, property) -> {
            assertThat(property.path("description").asString(""))
                    .as(name)
                    .isNotBlank()
                    .endsWith(".")
                    .doesNotStartWith("The ")
                    .doesNotStartWith("A ");
            if (property.path("type").asString("").equals("java.lang.Boolean")) {
                assertThat(property.path("description").asString("")).as(name).startsWith("Whether ");
            }
        });
    }

    @Test
    void defaultsAreThoseOfTheCore() {
        BufferOptions buffer = BufferOptions.defaults();
        assertThat(bytes("asynclog.buffer.segment-size")).isEqualTo(buffer.segmentSize());
        assertThat(bytes("asynclog.buffer.max-size")).isEqualTo(buffer.maxSize());
        assertThat(bytes("asynclog.max-record-size")).isEqualTo(buffer.maxRecordSize());
        assertThat(constant("asynclog.buffer.overflow.policy"))
                .isEqualTo(buffer.policy().name());
        assertThat(duration("asynclog.buffer.overflow.max-wait")).isEqualTo(buffer.maxWait());
        assertThat(constant("asynclog.buffer.overflow.drop-below"))
                .isEqualTo(buffer.dropBelow().name());
        FileOptions file = FileOptions.to(Path.of("any.log"));
        assertThat(bytes("asynclog.file.max-file-size")).isEqualTo(file.maxFileSize());
        assertThat(properties
                        .get("asynclog.file.max-history")
                        .path("defaultValue")
                        .asInt())
                .isEqualTo(file.maxHistory());
        assertThat(bytes("asynclog.file.total-size-cap")).isEqualTo(file.totalSizeCap());
        assertThat(constant("asynclog.file.format")).isEqualTo(file.format().name());
        assertThat(constant("asynclog.console.format"))
                .isEqualTo(ConsoleOptions.defaults().format().name());
        assertThat(constant("asynclog.file.sync")).isEqualTo(file.sync().name());
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) {
            assertThat(constant("asynclog.ack")).isEqualTo(manager.ack().name());
            assertThat(duration("asynclog.shutdown-timeout")).isEqualTo(manager.shutdownTimeout());
        }
    }

    private String text(String property) {
        return properties.get(property).path("defaultValue").asString();
    }

    private String constant(String property) {
        return text(property).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private long bytes(String property) {
        return DataSize.parse(text(property)).toBytes();
    }

    private Duration duration(String property) {
        return Objects.requireNonNull(
                ApplicationConversionService.getSharedInstance().convert(text(property), Duration.class));
    }

    private static Map<String, JsonNode> read() {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        try (InputStream metadata =
                AsyncLogProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            new JsonMapper()
                    .readTree(metadata)
                    .path("properties")
                    .forEach(property -> properties.put(property.path("name").asString(), property));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return properties;
    }
}
