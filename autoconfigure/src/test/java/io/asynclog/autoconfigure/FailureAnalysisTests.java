package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.asynclog.FlushFunction;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.RollingFileSink;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What an operator reads when a property is wrong. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {
    @Test
    void anImpossibleValueIsShownWithItsOriginAndTheMend(CapturedOutput output) {
        failToStart("--asynclog.buffer.max-size=1MB");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Property 'asynclog.buffer.max-size' cannot have the value '1MB'")
                .contains("from \"asynclog.buffer.max-size\" from property source \"commandLineArgs\"")
                .contains("The buffer needs room for two segments")
                .contains("Action:\n\nRaise it to at least 2097152 bytes, or lower 'asynclog.buffer.segment-size'.");
    }

    @Test
    void anOptionOfASinkIsShownUnderItsFullName(CapturedOutput output) {
        failToStart("--asynclog.sinks.console.batch-size=0");
        assertThat(output)
                .contains("Property 'asynclog.sinks.console.batch-size' cannot have the value '0'")
                .contains("A batch has 1 to");
    }

    @Test
    void otherOptionsOfASinkAreShownUnderTheirFullNamesToo(CapturedOutput output) {
        failToStart("--asynclog.sinks.console.retry.max-delay=1ms");
        assertThat(output).contains("lower 'asynclog.sinks.console.retry.initial-delay'.");
    }

    @Test
    void anUnknownSinkIsShownWithThoseThatThereAre(CapturedOutput output) {
        failToStart("--asynclog.sinks.audti.level=warn");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Sink 'audti' cannot be opened:\n\nThere is no sink of this name")
                .contains("'asynclog.sinks.audti' has options for one.")
                .contains("Action:\n\nUse one of [console], or remove the options.");
    }

    @Test
    void anOwnSinkOfTheNameOfTheConsoleIsShownWithThePropertyThatSwitchesItOff(CapturedOutput output) {
        failToStart(WithConsole.class);
        assertThat(output)
                .contains("Property 'asynclog.console.enabled' cannot have the value 'true'")
                .contains("There is another sink of the name 'console', a bean or one of the builder's.")
                .contains("Rename that one, or set 'asynclog.console.enabled' to false.");
    }

    @Test
    void anOwnSinkOfTheNameOfTheFileIsShownWithThePropertyThatSwitchesItOff(
            CapturedOutput output, @TempDir Path folder) {
        failToStart(WithFile.class, "--asynclog.file.path=" + folder.resolve("app.log"));
        assertThat(output)
                .contains("Property 'asynclog.file.path' cannot have the value '" + folder.resolve("app.log") + "'")
                .contains("There is another sink of the name 'file', a bean or one of the builder's.")
                .contains("Rename that one, or remove 'asynclog.file.path'.");
    }

    @Test
    void anUnwritablePathIsShown(CapturedOutput output, @TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("a-file")).resolve("app.log");
        failToStart("--asynclog.file.path=" + file);
        assertThat(output)
                .contains("Property 'asynclog.file.path' cannot have the value '" + file + "'")
                .contains("It cannot be written")
                .contains("Choose a path");
    }

    @Test
    void aBeanWhoseFileCannotBeWrittenIsShownAsASink(CapturedOutput output) {
        failToStart(WithUnwritableAudit.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Sink 'audit' cannot be opened:\n\nIts file cannot be written: ")
                .contains("Action:\n\nChoose a path in a folder that this process may write to.")
                .doesNotContain("Property '");
    }

    @Test
    void anUnwritablePathOfDeadLettersIsShown(CapturedOutput output, @TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("a-file")).resolve("dead.jsonl");
        failToStart("--asynclog.dead-letter.path=" + file);
        assertThat(output).contains("Property 'asynclog.dead-letter.path' cannot have the value '" + file + "'");
    }

    @Test
    void anAckThatTheBufferCannotGiveIsShown(CapturedOutput output) {
        failToStart("--asynclog.ack=stored");
        assertThat(output)
                .contains("Property 'asynclog.ack' cannot have the value 'stored'")
                .contains("The buffer is in memory, so nothing can be stored")
                .contains("buffer.directory'");
    }

    @Test
    void aFaultyPatternIsShown(CapturedOutput output) {
        failToStart("--asynclog.console.pattern=%d %nonsense");
        assertThat(output).contains("Property 'asynclog.console.pattern' cannot have the value '%d %nonsense'");
    }

    @Test
    void aMisspeltPropertyIsShownWithTheOneThatWasMeant(CapturedOutput output) {
        failToStart("--asynclog.buffer.max-sise=8MB");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("There is no property 'asynclog.buffer.max-sise', which is set to '8MB'")
                .contains("Did you mean 'asynclog.buffer.max-size'?");
    }

    @Test
    void aMisspeltSystemPropertyIsShownWithTheOneThatWasMeant(CapturedOutput output) {
        System.setProperty("asynclog.buffer.directry", "/x");
        try {
            failToStart();
        } finally {
            System.clearProperty("asynclog.buffer.directry");
        }
        assertThat(output)
                .contains("There is no property 'asynclog.buffer.directry', which is set to '/x'")
                .contains("from \"asynclog.buffer.directry\" from property source \"systemProperties\"")
                .contains("Did you mean 'asynclog.buffer.directory'?");
    }

    @Test
    void aMisspeltPropertyOfASinkIsShownWithTheOneThatWasMeant(CapturedOutput output) {
        failToStart("--asynclog.sinks.console.retry.max-atempts=3");
        assertThat(output).contains("Did you mean 'asynclog.sinks.console.retry.max-attempts'?");
    }

    @Test
    void aPropertyInTheWrongGroupIsShownWithTheRightOne(CapturedOutput output) {
        failToStart("--asynclog.buffer.max-wait=2s");
        assertThat(output).contains("Did you mean 'asynclog.buffer.overflow.max-wait'?");
    }

    @Test
    void aPropertyThatEndsTooEarlyIsShownWithTheOneThatWasMeant(CapturedOutput output) {
        failToStart("--asynclog.shutdown=5s");
        assertThat(output).contains("Did you mean 'asynclog.shutdown-timeout'?");
    }

    @Test
    void aPropertyUnlikeAnyOtherIsToBeRemoved(CapturedOutput output) {
        failToStart("--asynclog.zzzz=2s");
        assertThat(output).contains("Remove 'asynclog.zzzz'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"asynclog.enabled", "asynclog.tail.enabled"})
    void aSwitchThatIsNeitherOnNorOffIsShown(String property, CapturedOutput output) {
        failToStart("--" + property + "=maybe");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Property '" + property + "' cannot have the value 'maybe'")
                .contains("from \"" + property + "\" from property source \"commandLineArgs\"")
                .contains("It is neither true nor false.")
                .contains("Action:\n\nSet it to true or false, or remove it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"asynclog.enabled", "asynclog.console.enabled"})
    void aPropertyThatIsSetToNothingIsShown(String property, CapturedOutput output) {
        failToStart("--" + property + "=");
        assertThat(output)
                .contains("Property '" + property + "' has no value (from \"" + property + "\"")
                .contains("Give '" + property + "' a value, or remove it.");
    }

    @Test
    void aPropertyOfASinkWithDotsInItsNameIsShownWithBrackets(CapturedOutput output) {
        failToStart("--asynclog.sinks.com.acme.TicketSink.retry.max-delay=1s");
        assertThat(output).contains("Did you mean 'asynclog.sinks.[com.acme.ticketsink].retry.max-delay'?");
    }

    private static void failToStart(String... properties) {
        failToStart(Application.class, properties);
    }

    private static void failToStart(Class<?> configuration, String... properties) {
        SpringApplication application = new SpringApplication(configuration);
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatException().isThrownBy(() -> application.run(properties).close());
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(AsyncLogAutoConfiguration.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class WithConsole {
        @Bean
        FlushFunction console() {
            return batch -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class WithUnwritableAudit {
        @Bean
        FlushFunction audit() {
            return new RollingFileSink(FileOptions.to(Path.of("/proc/none/audit.log")), (message, cause) -> {});
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class WithFile {
        @Bean
        FlushFunction file() {
            return batch -> {};
        }
    }
}
