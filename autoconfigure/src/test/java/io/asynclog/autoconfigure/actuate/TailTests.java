package io.asynclog.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.RecordingSink;
import io.asynclog.tail.LogTail;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TailTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogEndpointAutoConfiguration.class))
            .withPropertyValues("asynclog.console.enabled=false", "management.endpoints.web.exposure.include=asynclog");

    private final ApplicationContextRunner enabled = runner.withPropertyValues("asynclog.tail.enabled=true");

    @Test
    void isOffUnlessItIsSwitchedOn() {
        runner.run(context -> assertThat(context).doesNotHaveBean(LogTail.class));
    }

    @Test
    void isShownOverJmxWhereTheEndpointIs() {
        enabled.run(context -> assertThat(context).doesNotHaveBean(AsyncLogTailJmxExtension.class));
        ApplicationContextRunner managed = runner.withPropertyValues(
                "spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=asynclog");
        managed.run(context -> assertThat(context).doesNotHaveBean(AsyncLogTailJmxExtension.class));
        managed.withPropertyValues("asynclog.tail.enabled=true")
                .run(context -> assertThat(context).hasSingleBean(AsyncLogTailJmxExtension.class));
    }

    @Test
    void showsRecordsWithTheirContext() {
        enabled.withBean("sink", FlushFunction.class, RecordingSink::new).run(context -> {
            MDC.put("user", "ada");
            try {
                context.getBean(AsyncLogger.class).info("hello");
            } finally {
                MDC.remove("user");
            }
            LogTail tail = context.getBean(LogTail.class);
            AsyncLogTailJmxExtension extension = new AsyncLogTailJmxExtension(tail);
            await().until(() -> !extension
                    .tail(null, null, null, null, null, null)
                    .records()
                    .isEmpty());
            AsyncLogTailReport.Line line = extension
                    .tail(null, null, "info", "", "hell", "1")
                    .records()
                    .get(0);
            assertThat(line.message()).isEqualTo("hello");
            assertThat(line.context()).isEqualTo(Map.of("user", "ada"));
            assertThat(line.keyValues()).isNull();
            assertThat(line.time()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
        });
    }

    @Test
    void isNotThereForAManagerOfTheApplicationThatHasNone() {
        enabled.withBean(AsyncLogManager.class, () -> AsyncLogManager.builder().build())
                .run(context -> assertThat(context.getBean(AsyncLogEndpointWebExtension.class)
                                .sink("tail", null, null, null, null, null, null)
                                .getStatus())
                        .isEqualTo(404));
    }

    @Test
    void refusesASinkOfItsName() {
        enabled.withBean("tail", FlushFunction.class, RecordingSink::new).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("'tail.enabled' is 'true'")
                .hasMessageContaining("There is a sink of the name 'tail'"));
        runner.withBean("tail", FlushFunction.class, RecordingSink::new)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void saysWhatIsWrongWithAParameter() {
        assertThatThrownBy(() -> TailParameters.query("x", null, null, null, null, null))
                .isInstanceOf(InvalidEndpointRequestException.class)
                .hasMessage("'after' is 'x'. It is no whole number. Use one from -1 on.");
        assertThatThrownBy(() -> TailParameters.query("99999999999999999999", null, null, null, null, null))
                .hasMessageStartingWith("'after' is '99999999999999999999'. It is no whole number.");
        assertThatThrownBy(() -> TailParameters.query(null, "here", null, null, null, null))
                .hasMessage("'instance' is 'here'. It is no UUID. Use the one of the last answer.");
        assertThatThrownBy(() -> TailParameters.query(null, null, "loud", null, null, null))
                .hasMessageStartingWith("'level' is 'loud'. There is no such level. Use one of: ");
        assertThatThrownBy(() -> TailParameters.query(null, null, null, "x".repeat(1001), null, null))
                .hasMessageEndingWith("It is too long. Use at most 1000 characters.");
        assertThatThrownBy(() -> TailParameters.query(null, null, null, null, null, "0"))
                .hasMessage("'limit' is '0'. It is out of bounds. Use one from 1 to 1000.");
        assertThatThrownBy(() -> TailParameters.query(null, null, null, null, null, "4294967297"))
                .hasMessageEndingWith("Use one from 1 to 1000.");
    }
}
