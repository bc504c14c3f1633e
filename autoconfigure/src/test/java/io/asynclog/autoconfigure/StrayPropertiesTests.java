package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.asynclog.AsyncLogManager;
import io.asynclog.FlushFunction;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkStatus;
import io.asynclog.tail.LogTail;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Properties of the system and environment variables that do not exist, which Spring Boot lets pass. */
@ExtendWith(OutputCaptureExtension.class)
class StrayPropertiesTests {
    private static final String WARNING = "sets no property of asynclog.";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(AsyncLogAutoConfiguration.class, DisabledAsyncLogAutoConfiguration.class))
            .withPropertyValues("asynclog.console.enabled=false");

    private ApplicationContextRunner withVariables(Map<String, Object> variables) {
        return runner.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asynclog.buffer.directry",
                "asynclog.buffer.max.size",
                "asynclog.sinks.audit",
                "asynclog.sinks.audit.levle",
                "asynclog.sinks[audit].levle"
            })
    void aMisspeltSystemPropertyStopsTheStart(String property) {
        runner.withSystemProperties(property + "=1").run(context -> assertThat(context)
                .getFailure()
                .isInstanceOf(UnboundConfigurationPropertiesException.class)
                .hasMessageContaining(property));
    }

    @Test
    void aMisspeltSystemPropertyStopsTheStartWithoutAnEngineToo() {
        runner.withSystemProperties("asynclog.enabled=false", "asynclog.buffer.directry=/x")
                .run(context ->
                        assertThat(context).getFailure().isInstanceOf(UnboundConfigurationPropertiesException.class));
    }

    @Test
    void aSystemPropertyCountsInAnyOfItsSpellings() {
        runner.withBean("audit.sink", FlushFunction.class, RecordingSink::new)
                .withBean("otherSink", FlushFunction.class, RecordingSink::new)
                .withSystemProperties(
                        "asynclog.buffer.maxSize=4MB",
                        "asynclog.max-record-size=8KB",
                        "asynclog.sinks[audit.sink].batch-size=7",
                        "asynclog.sinks.otherSink.delivery=best-effort")
                .run(context -> {
                    assertThat(context.getBean(AsyncBuffer.class).options().maxSize())
                            .isEqualTo(4 * 1024 * 1024);
                    assertThat(context.getBean(AsyncBuffer.class).options().maxRecordSize())
                            .isEqualTo(8 * 1024);
                    assertThat(context.getBean(AsyncLogManager.class).status().sinks())
                            .filteredOn(sink -> sink.name().equals("otherSink"))
                            .extracting(SinkStatus::delivery)
                            .containsExactly(Delivery.BEST_EFFORT);
                });
    }

    @Test
    void elementsOfAListMayBeSetOneByOne(CapturedOutput output) {
        runner.withSystemProperties("asynclog.masked-keys[0]=password", "asynclog.maskedKeys[1]=token")
                .run(context -> assertThat(maskedKeys(context)).containsExactlyInAnyOrder("password", "token"));
        withVariables(Map.of("ASYNCLOG_MASKEDKEYS_0", "secret"))
                .run(context -> assertThat(maskedKeys(context)).containsExactly("secret"));
        assertThat(output).doesNotContain(WARNING);
    }

    private static Set<String> maskedKeys(BeanFactory context) {
        return context.getBean(AsyncBuffer.class).options().maskedKeys();
    }

    @ParameterizedTest
    @ValueSource(strings = {"asynclog.buffer.directory[0]", "asynclog.sinks.audit.level[0]"})
    void anIndexIsOfAListOnly(String property) {
        runner.withSystemProperties(property + "=warn")
                .run(context ->
                        assertThat(context).getFailure().isInstanceOf(UnboundConfigurationPropertiesException.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"asynclog.colour", "asynclog.version", "asynclog.collector.host"})
    void aSystemPropertyLikeNoneOfOursIsOnlyWarnedOf(String property, CapturedOutput output) {
        runner.withSystemProperties(property + "=1")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("System property '" + property + "' " + WARNING);
    }

    @Test
    void aMisspeltVariableIsWarnedOfWithTheOneThatWasMeant(CapturedOutput output) {
        withVariables(Map.of(
                        "ASYNCLOG_BUFFER_DIRECTRY", "/x",
                        "ASYNCLOG_BUFFER_MAX_SISE", "4MB",
                        "ASYNCLOG_SINKS_AUDIT_LEVLE", "warn"))
                .withBean("audit", FlushFunction.class, RecordingSink::new)
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .contains("Environment variable 'ASYNCLOG_BUFFER_DIRECTRY' " + WARNING
                        + " Did you mean 'ASYNCLOG_BUFFER_DIRECTORY'?")
                .contains("'ASYNCLOG_BUFFER_MAX_SISE' " + WARNING + " Did you mean 'ASYNCLOG_BUFFER_MAXSIZE'?")
                .contains("'ASYNCLOG_SINKS_AUDIT_LEVLE' " + WARNING + " Those of sinks are ASYNCLOG_SINKS_<name>");
    }

    @Test
    void aVariableOfSomebodyElseDoesNotStopTheStart() {
        withVariables(Map.of("ASYNCLOG_PORT_8080_TCP_ADDR", "10.0.0.1", "ASYNCLOG_COLLECTOR_SERVICE_HOST", "10.0.0.1"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aVariableCountsInAnyOfItsSpellings(CapturedOutput output) {
        withVariables(Map.of(
                        "ASYNCLOG_BUFFER_MAXSIZE", "4MB",
                        "ASYNCLOG_MAX_RECORD_SIZE", "8KB",
                        "ASYNCLOG_BUFFER_OVERFLOW_DROP_BELOW", "info",
                        "asynclog_shutdowntimeout", "3s",
                        "ASYNCLOG_SINKS_TICKETSINK_DELIVERY", "best-effort",
                        "ASYNCLOG_SINKS_TICKETSINK_RETRY_MAX_ATTEMPTS", "3",
                        "ASYNCLOG_SINKS_TICKETSINK_RETRY_MAXDELAY", "1m",
                        "MY_ASYNCLOG_BUFFER_DIRECTRY", "/x"))
                .withBean("ticketSink", FlushFunction.class, RecordingSink::new)
                .run(context -> {
                    assertThat(context.getBean(AsyncBuffer.class).options().maxSize())
                            .isEqualTo(4 * 1024 * 1024);
                    assertThat(context.getBean(AsyncBuffer.class).options().maxRecordSize())
                            .isEqualTo(8 * 1024);
                    assertThat(context.getBean(AsyncLogManager.class).shutdownTimeout())
                            .hasSeconds(3);
                    assertThat(context.getBean(AsyncLogManager.class).status().sinks())
                            .extracting(SinkStatus::delivery)
                            .containsExactly(Delivery.BEST_EFFORT);
                });
        assertThat(output).doesNotContain(WARNING);
    }

    /** As a file for Docker has them that hands on what may not be set. */
    @Test
    void anEmptyVariableCountsAsNone(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(AsyncLogAutoConfiguration.class, DisabledAsyncLogAutoConfiguration.class))
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource(
                                        "systemEnvironment",
                                        Map.of(
                                                "ASYNCLOG_ENABLED", "",
                                                "ASYNCLOG_CONSOLE_ENABLED", "",
                                                "ASYNCLOG_BUFFER_MAXSIZE", "",
                                                "ASYNCLOG_TAIL_ENABLED", ""))))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(LogTail.class);
                    assertThat(context.getBean(AsyncLogManager.class).status().sinks())
                            .extracting(SinkStatus::name)
                            .containsExactly("console");
                });
        assertThat(output).doesNotContain(WARNING);
    }

    /** As Spring names a class that is imported. */
    @ParameterizedTest
    @ValueSource(strings = {"com.acme.TicketSink", "com.acme.Outer$TicketSink"})
    void aVariableHasOnlyTheLettersOfTheNameOfASink(String name, CapturedOutput output) {
        String letters = name.replaceAll("[^A-Za-z]", "").toUpperCase(Locale.ROOT);
        withVariables(Map.of(
                        "ASYNCLOG_SINKS_" + letters + "_DELIVERY", "best-effort",
                        "ASYNCLOG_SINKS_" + letters + "_RETRY_INITIALDELAY", "40s")) // too long but for the file's
                .withBean(name, FlushFunction.class, RecordingSink::new)
                .withPropertyValues(
                        "asynclog.sinks.[" + name + "].level=warn", "asynclog.sinks.[" + name + "].retry.max-delay=60s")
                .run(context -> assertThat(
                                context.getBean(AsyncLogManager.class).status().sinks())
                        .extracting(SinkStatus::delivery, SinkStatus::level)
                        .containsExactly(tuple(Delivery.BEST_EFFORT, Level.WARN)));
        assertThat(output).doesNotContain(WARNING);
    }

    @Test
    void aVariableWithUnderscoresInTheNameOfASinkIsWarnedOf(CapturedOutput output) {
        withVariables(Map.of("ASYNCLOG_SINKS_TICKET_SINK_DELIVERY", "best-effort"))
                .withBean("ticketSink", FlushFunction.class, RecordingSink::new)
                .run(context -> assertThat(
                                context.getBean(AsyncLogManager.class).status().sinks())
                        .extracting(SinkStatus::delivery)
                        .containsExactly(Delivery.REQUIRED));
        assertThat(output)
                .contains("'ASYNCLOG_SINKS_TICKET_SINK_DELIVERY' " + WARNING
                        + " Those of sinks are ASYNCLOG_SINKS_<name>");
    }

    @Test
    void aVariableMayHaveUnderscoresInTheNameOfASinkThatAFileSpells(CapturedOutput output) {
        withVariables(Map.of(
                        "ASYNCLOG_SINKS_TICKET_SINK_DELIVERY", "best-effort",
                        "ASYNCLOG_SINKS_TICKET_SINK_RETRY_MAX_ATTEMPTS", "3",
                        "ASYNCLOG_SINKS_AUDIT_SINK_DELIVERY", "best-effort",
                        "ASYNCLOG_SINKS_TICKET_SINK_LEVLE", "warn"))
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addLast(new MapPropertySource(
                                "file",
                                Map.of(
                                        "asynclog.sinks.ticket-sink.level", "info",
                                        "asynclog.sinks[audit.sink].level", "info"))))
                .withBean("ticket-sink", FlushFunction.class, RecordingSink::new)
                .withBean("audit.sink", FlushFunction.class, RecordingSink::new)
                .run(context -> assertThat(
                                context.getBean(AsyncLogManager.class).status().sinks())
                        .extracting(SinkStatus::delivery)
                        .containsExactly(Delivery.BEST_EFFORT, Delivery.REQUIRED));
        assertThat(output)
                .doesNotContain("ASYNCLOG_SINKS_TICKET_SINK_DELIVERY")
                .doesNotContain("ASYNCLOG_SINKS_TICKET_SINK_RETRY_MAX_ATTEMPTS")
                .contains("'ASYNCLOG_SINKS_AUDIT_SINK_DELIVERY' " + WARNING)
                .contains("'ASYNCLOG_SINKS_TICKET_SINK_LEVLE' " + WARNING);
    }

    @Test
    void aVariableWithDotsCountsAsSpringBootReadsIt(CapturedOutput output) {
        withVariables(Map.of(
                        "asynclog.buffer.max-size", "4MB",
                        "asynclog.shutdownTimeout", "3s",
                        "asynclog.sinks.ticket-sink.delivery", "best-effort",
                        "asynclog.buffer.directry", "/x",
                        "asynclog.sinks.ticket-sink.levle", "warn",
                        "asynclog.version", "1"))
                .withBean("ticketSink", FlushFunction.class, RecordingSink::new)
                .run(context -> {
                    assertThat(context.getBean(AsyncBuffer.class).options().maxSize())
                            .isEqualTo(4 * 1024 * 1024);
                    assertThat(context.getBean(AsyncLogManager.class).shutdownTimeout())
                            .hasSeconds(3);
                    assertThat(context.getBean(AsyncLogManager.class).status().sinks())
                            .extracting(SinkStatus::delivery)
                            .containsExactly(Delivery.BEST_EFFORT);
                });
        assertThat(output)
                .doesNotContain("'asynclog.buffer.max-size'")
                .doesNotContain("'asynclog.shutdownTimeout'")
                .doesNotContain("'asynclog.sinks.ticket-sink.delivery'")
                .contains("Environment variable 'asynclog.buffer.directry' " + WARNING
                        + " Did you mean 'asynclog.buffer.directory'?")
                .contains("'asynclog.sinks.ticket-sink.levle' " + WARNING
                        + " Did you mean 'asynclog.sinks.ticket-sink.level'?")
                .contains("'asynclog.version' " + WARNING);
    }
}
