package io.asynclog.layout;

import static io.asynclog.layout.PatternLayoutTest.print;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class LogstashLayoutTest {
    private final Layout layout = new LogstashLayout(ZoneId.of("Europe/Berlin"));

    @Test
    void recordWithoutExtrasHasTheFieldsThatAllHave() {
        assertThat(print(layout, new FakeRecord().at("2026-03-29T00:59:59.5Z")))
                .isEqualTo("{\"@timestamp\":\"2026-03-29T01:59:59.500000000+01:00\",\"@version\":\"1\","
                        + "\"message\":\"hello\",\"logger_name\":\"com.example.orders.OrderService\","
                        + "\"thread_name\":\"main\",\"level\":\"INFO\",\"level_value\":20000}\n");
    }

    @Test
    void theOffsetIsThatOfTheTimeOfTheRecord() {
        assertThat(print(layout, new FakeRecord().at("2026-03-29T01:00:00Z")))
                .startsWith("{\"@timestamp\":\"2026-03-29T03:00:00.000000000+02:00\",");
    }

    @Test
    void recordWithEverythingHasAllFields() {
        FakeRecord record = new FakeRecord()
                .keyValue("order", "1")
                .keyValue("level", "of water")
                .context("order", "of the MDC")
                .context("user", "jo")
                .context("context", "no object")
                .marker("AUDIT")
                .exception("java.lang.Error\n\tat a.B");

        assertThat(print(layout, record))
                .endsWith(
                        ",\"level_value\":20000,\"order\":\"1\",\"context.level\":\"of water\",\"user\":\"jo\",\"context.context\":\"no object\","
                                + "\"tags\":[\"AUDIT\"],\"stack_trace\":\"java.lang.Error\\n\\tat a.B\"}\n");
    }

    @ParameterizedTest
    @CsvSource({"TRACE,5000", "DEBUG,10000", "WARN,30000", "ERROR,40000"})
    void levelsHaveTheNumbersThatLogbackGivesThem(Level level, int value) {
        assertThat(print(layout, new FakeRecord().level(level)))
                .contains("\"level\":\"" + level + "\",\"level_value\":" + value + "}");
    }
}
