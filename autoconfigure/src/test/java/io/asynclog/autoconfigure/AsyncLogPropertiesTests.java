package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.Ack;
import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.LogReceipt;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.OverflowPolicy;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.logging.CorrelationIdFormatter;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class AsyncLogPropertiesTests {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AsyncLogAutoConfiguration.class));

    private final ApplicationContextRunner quiet = runner.withPropertyValues("asynclog.console.enabled=false");

    @Test
    void whatIsNotSetIsLeftToTheCore() {
        quiet.run(context ->
                assertThat(context.getBean(AsyncBuffer.class).options()).isEqualTo(BufferOptions.defaults()));
    }

    @Test
    void theBufferFollowsTheProperties() {
        quiet.withPropertyValues(
                        "asynclog.buffer.segment-size=256KB",
                        "asynclog.buffer.max-size=2MB",
                        "asynclog.max-record-size=8KB",
                        "asynclog.masked-keys=password, api-key",
                        "asynclog.buffer.overflow.policy=drop-below",
                        "asynclog.buffer.overflow.max-wait=3s",
                        "asynclog.buffer.overflow.drop-below=error")
                .run(context -> assertThat(context.getBean(AsyncBuffer.class).options())
                        .isEqualTo(new BufferOptions(
                                256 * 1024,
                                2 * 1024 * 1024,
                                8 * 1024,
                                OverflowPolicy.DROP_BELOW,
                                Duration.ofSeconds(3),
                                Level.ERROR,
                                null,
                                Set.of("password", "api-key"))));
    }

    @ParameterizedTest
    @CsvSource({
        "asynclog.file.path, logging.file.name, logging.file.name",
        "asynclog.dead-letter.path, logging.file.name, logging.file.name",
        "asynclog.dead-letter.path, asynclog.file.path, dead-letter.path"
    })
    void oneFileForTwoThatRollItStopsTheStart(String property, String other, String named, @TempDir Path folder) {
        quiet.withPropertyValues(property + "=" + folder.resolve("app.log"), other + "=" + folder.resolve("./app.log"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("app.log")
                        .hasMessageContaining(named));
    }

    @Test
    void theFileOfBootsLogIsKnownThroughALink(@TempDir Path folder) throws IOException {
        Path release = Files.createDirectory(folder.resolve("release"));
        Path current = Files.createSymbolicLink(folder.resolve("current"), release);
        quiet.withPropertyValues(
                        "logging.file.name=" + current.resolve("app.log"),
                        "asynclog.file.path=" + release.resolve("app.log"))
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("Spring Boot's own log"));
    }

    @Test
    void aSinkFollowsItsProperties() {
        RecordingSink sink = new RecordingSink();
        quiet.withBean("auditSink", FlushFunction.class, () -> sink)
                .withPropertyValues(
                        "asynclog.sinks.auditSink.level=warn", "asynclog.sinks.auditSink.delivery=best-effort")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("too low");
                    context.getBean(AsyncLogger.class).warn("high enough");
                    assertThat(onlySink(context.getBean(AsyncLogManager.class)).delivery())
                            .isEqualTo(Delivery.BEST_EFFORT);
                });
        assertThat(sink.messages()).containsExactly("high enough");
    }

    @ParameterizedTest
    @CsvSource({"auditsink", "audit-sink", "AUDITSINK"})
    void aSinkGoesByARelaxedName(String name) {
        quiet.withBean("auditSink", FlushFunction.class, RecordingSink::new)
                .withPropertyValues("asynclog.sinks." + name + ".delivery=best-effort")
                .run(context -> assertThat(
                                onlySink(context.getBean(AsyncLogManager.class)).delivery())
                        .isEqualTo(Delivery.BEST_EFFORT));
    }

    @Test
    void optionsOfASinkThatIsSwitchedOffDoNoHarm() {
        quiet.withPropertyValues("asynclog.sinks.console.level=warn", "asynclog.sinks.file.level=warn")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "file"})
    void anOwnSinkInThePlaceOfTheEnginesTakesItsOptions(String name) {
        RecordingSink sink = new RecordingSink();
        quiet.withBean(name, FlushFunction.class, () -> sink)
                .withPropertyValues("asynclog.sinks." + name + ".level=warn")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("too low");
                    context.getBean(AsyncLogger.class).warn("high enough");
                });
        assertThat(sink.messages()).containsExactly("high enough");
    }

    @Test
    void optionsOfTheConsoleAreNotThoseOfASinkOfAnAlikeName(CapturedOutput output) {
        runner.withBean("conSole", FlushFunction.class, RecordingSink::new)
                .withPropertyValues("asynclog.sinks.console.level=warn")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("too low");
                    context.getBean(AsyncLogger.class).warn("high enough");
                });
        assertThat(output).contains("high enough").doesNotContain("too low");
    }

    @Test
    void consoleLinesLookLikeThoseOfSpringBoot(CapturedOutput output) {
        runner.withPropertyValues("spring.application.name=orders")
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(output.getOut())
                .containsPattern(
                        "(?m)^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+  INFO \\d+ --- \\[orders] \\[ *main] orders +: hello$");
    }

    @Test
    void theApplicationsNameIsLeftOutWhereSpringBootLeavesItOut(CapturedOutput output) {
        runner.withPropertyValues("spring.application.name=orders", "logging.include-application-name=false")
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(output.getOut()).containsPattern("--- \\[ *main] orders +: hello");
    }

    @Test
    void theIdsOfATraceStandWhereSpringBootHasThem(CapturedOutput output) {
        Map<String, String> trace = Map.of("traceId", "803b448a0489f84084905d3093480352", "spanId", "3425f23bb2432450");
        runner.withPropertyValues("logging.expect-correlation-id=true").run(context -> {
            AsyncLogger log = context.getBean(AsyncLogger.class);
            log.info("not traced");
            trace.forEach(MDC::put);
            try {
                log.info("traced");
            } finally {
                trace.keySet().forEach(MDC::remove);
            }
        });
        CorrelationIdFormatter boot = CorrelationIdFormatter.DEFAULT;
        assertThat(output.getOut())
                .containsPattern("main] " + Pattern.quote(boot.format(key -> trace.get(key))) + "application +: traced")
                .containsPattern("main] " + Pattern.quote(boot.format(key -> null)) + "application +: not traced");
    }

    @Test
    void theIdsOfATraceHaveTheFormOfSpringBootsPattern(CapturedOutput output, @TempDir Path folder) {
        Path file = folder.resolve("app.log");
        runner.withPropertyValues(
                        "logging.expect-correlation-id=true",
                        "logging.pattern.correlation=<%X{traceId:-none}>",
                        "asynclog.file.path=" + file)
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(output.getOut()).containsPattern("main] <none>application +: hello");
        assertThat(file).content().containsPattern("main] <none>application +: hello");
    }

    @Test
    void aFaultInSpringBootsPatternOfATraceIsNamed() {
        runner.withPropertyValues("logging.pattern.correlation=%nonsense").run(context -> assertThat(context)
                .getFailure()
                .hasStackTraceContaining("Property 'logging.pattern.correlation' is '%nonsense'.")
                .hasStackTraceContaining("Unknown word '%nonsense'")
                .hasStackTraceContaining("set 'asynclog.console.pattern' and 'asynclog.file.pattern'"));
        runner.withPropertyValues("logging.pattern.correlation=%nonsense", "asynclog.console.pattern=%m%n")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void placeholdersForTheLoggingSystemAreNoReasonToFail(CapturedOutput output) {
        runner.withPropertyValues("logging.pattern.correlation=<${known}${UNKNOWN}> ", "known=known")
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(output.getOut()).contains("<known");
    }

    @Test
    void linesNameTheApplicationAndItsGroup(CapturedOutput output) {
        runner.withPropertyValues("spring.application.name=shop", "spring.application.group=sales")
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(output.getOut()).contains("--- [shop] [sales] [");
        runner.withPropertyValues(
                        "spring.application.name=shop",
                        "spring.application.group=sales",
                        "logging.include-application-group=false")
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(output.getOut()).contains("--- [shop] [");
    }

    @Test
    void aProfileTakesAPatternBackForJson(CapturedOutput output) {
        runner.withPropertyValues("asynclog.console.pattern=", "asynclog.console.format=json")
                .run(context -> context.getBean(AsyncLogger.class).info("as json"));
        assertThat(output.getOut()).contains("\"message\":\"as json\"");
    }

    @Test
    void consoleColoursFollowSpringBoot(CapturedOutput output) {
        runner.withPropertyValues("spring.output.ansi.enabled=always")
                .run(context -> context.getBean(AsyncLogger.class).info("colourful"));
        runner.withPropertyValues("spring.output.ansi.enabled=never")
                .run(context -> context.getBean(AsyncLogger.class).info("plain"));
        assertThat(output.getOut().lines().filter(line -> line.contains("colourful")))
                .allMatch(line -> line.contains("\u001b["));
        assertThat(output.getOut().lines().filter(line -> line.contains("plain")))
                .noneMatch(line -> line.contains("\u001b["));
    }

    @Test
    void consolePatternIsFollowed(CapturedOutput output) {
        runner.withPropertyValues("asynclog.console.pattern=<%p|%m>%n")
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(output.getOut().lines()).contains("<INFO|hello>");
    }

    @Test
    void consoleAndFileHaveLinesOfJson(CapturedOutput output, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("app.log");
        runner.withPropertyValues(
                        "asynclog.console.format=json", "asynclog.file.format=json", "asynclog.file.path=" + file)
                .run(context -> context.getBean(AsyncLogger.class).info("a \"{}\"", "b\n{}"));
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(1);
        assertThat(output.getOut().lines()).containsOnlyOnce(lines.get(0));
        JsonNode record = new JsonMapper().readTree(lines.get(0));
        assertThat(record.get("message").asString()).isEqualTo("a \"b\n{}\"");
        assertThat(record.get("level").asString()).isEqualTo("INFO");
    }

    @ParameterizedTest
    @CsvSource({"console,json", "file,json", "console,ecs", "file,logstash"})
    void aPatternBesideJsonStopsTheStartAndNamesBoth(String sink, String format) {
        runner.withPropertyValues("asynclog." + sink + ".format=" + format, "asynclog." + sink + ".pattern=%m%n")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("Property 'asynclog." + sink + ".format' is '" + format + "'")
                        .hasStackTraceContaining("'asynclog." + sink + ".pattern' is set"));
    }

    @Test
    void aPathSwitchesTheFileOn(@TempDir Path folder) {
        Path file = folder.resolve("logs/app.log");
        quiet.withPropertyValues(
                        "asynclog.file.path=" + file,
                        "asynclog.file.pattern=%m%n",
                        "asynclog.file.max-file-size=1MB",
                        "asynclog.file.max-history=3",
                        "asynclog.file.total-size-cap=1GB",
                        "asynclog.file.sync=flush")
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(file).hasContent("hello");
    }

    @Test
    void anEmptyPathLeavesTheFileOff() {
        quiet.withPropertyValues("asynclog.file.path=").run(context -> assertThat(
                        context.getBean(AsyncLogManager.class).status().sinks())
                .noneMatch(sink -> sink.name().equals("file")));
    }

    @Test
    void refusedRecordsGoToTheDeadLetterFile(@TempDir Path folder) {
        Path file = folder.resolve("dead.jsonl");
        quiet.withPropertyValues(
                        "asynclog.dead-letter.path=" + file,
                        "asynclog.sinks.picky.retry.max-attempts=1",
                        "asynclog.sinks.picky.retry.initial-delay=1ms",
                        "asynclog.sinks.picky.retry.max-delay=2ms")
                .withBean(
                        "picky",
                        FlushFunction.class,
                        () -> batch -> batch.forEach(record -> {
                            if (record.message().equals("poison")) {
                                throw new IllegalArgumentException("no");
                            }
                        }))
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("poison");
                    context.getBean(AsyncLogger.class).info("fine");
                });
        assertThat(file).content().contains("poison").doesNotContain("fine");
    }

    @Test
    void theShutdownTimeoutIsFollowed() {
        quiet.withPropertyValues("asynclog.shutdown-timeout=3s").run(context -> assertThat(
                        context.getBean(AsyncLogManager.class).shutdownTimeout())
                .isEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void theAckIsFollowed() {
        quiet.run(context ->
                assertThat(context.getBean(AsyncLogManager.class).ack()).isEqualTo(Ack.FLUSHED));
        quiet.withPropertyValues("asynclog.ack=accepted").run(context -> {
            assertThat(context.getBean(AsyncLogManager.class).ack()).isEqualTo(Ack.ACCEPTED);
            assertThat(context.getBean(AsyncLogger.class)
                            .infoAsync("hello")
                            .join()
                            .status())
                    .isEqualTo(LogReceipt.Status.ACCEPTED);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "asynclog.ack, stored",
        "asynclog.buffer.segment-size, 1KB",
        "asynclog.buffer.max-size, 1MB",
        "asynclog.buffer.overflow.max-wait, -1s",
        "asynclog.max-record-size, 2MB",
        "asynclog.masked-keys, ---",
        "asynclog.console.pattern, %nonsense",
        "asynclog.file.max-file-size, 1B",
        "asynclog.file.max-history, -1",
        "asynclog.file.pattern, %nonsense",
        "asynclog.shutdown-timeout, -1s",
        "asynclog.sinks.console.batch-size, 0",
        "asynclog.sinks.console.flush-timeout, 0s",
        "asynclog.sinks.console.retry.max-attempts, 0",
        "asynclog.sinks.console.retry.initial-delay, -1s",
        "asynclog.sinks.console.retry.max-delay, 1ms",
    })
    void anImpossibleValueStopsTheStartAndNamesTheProperty(String property, String value) {
        runner.withPropertyValues(property + "=" + value)
                .run(context ->
                        assertThat(context).getFailure().hasStackTraceContaining("Property '" + property + "' is '"));
    }

    @Test
    void anUnknownSinkStopsTheStart() {
        runner.withPropertyValues("asynclog.sinks.audti.level=warn").run(context -> assertThat(context)
                .getFailure()
                .hasStackTraceContaining("Sink 'audti' cannot be opened: There is no sink of this name"));
    }

    @Test
    void anUnwritablePathStopsTheStart(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));
        runner.withPropertyValues("asynclog.file.path=" + file.resolve("app.log"))
                .run(context ->
                        assertThat(context).getFailure().hasStackTraceContaining("Property 'asynclog.file.path'"));
    }

    @ParameterizedTest
    @CsvSource({
        "asynclog.buffer.max-sise",
        "asynclog.sinks.console.levle",
        "asynclog.sinks.console.retry.attempts",
        "asynclog.colour"
    })
    void aMisspeltPropertyStopsTheStart(String property) {
        runner.withPropertyValues(property + "=1").run(context -> assertThat(context)
                .getFailure()
                .hasStackTraceContaining("UnboundConfigurationPropertiesException")
                .hasStackTraceContaining(property));
    }

    private static SinkStatus onlySink(AsyncLogManager manager) {
        assertThat(manager.status().sinks()).hasSize(1);
        return manager.status().sinks().get(0);
    }
}
