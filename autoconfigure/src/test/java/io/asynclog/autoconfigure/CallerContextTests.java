package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The caller's MDC needs a logging implementation, which the core's own tests do not have. */
@ExtendWith(OutputCaptureExtension.class)
class CallerContextTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AsyncLogAutoConfiguration.class))
            .withPropertyValues("asynclog.console.pattern=%X{user:-nobody} %m%n");

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void goesWithTheRecord(CapturedOutput output) {
        List<Map<String, String>> contexts = new CopyOnWriteArrayList<>();
        FlushFunction sink = batch -> batch.forEach(record -> contexts.add(record.context()));
        runner.withBean("sink", FlushFunction.class, () -> sink).run(context -> {
            AsyncLogger log = context.getBean(AsyncLogger.class);
            MDC.put("user", "ann\nINFO forged");
            log.info("with");
            MDC.clear();
            log.info("without");
        });
        assertThat(contexts).containsExactly(Map.of("user", "ann\nINFO forged"), Map.of());
        assertThat(output).contains("ann\\nINFO forged with").contains("nobody without");
    }
}
