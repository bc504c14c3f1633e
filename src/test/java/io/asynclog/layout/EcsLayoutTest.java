package io.asynclog.layout;

import static io.asynclog.layout.PatternLayoutTest.print;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class EcsLayoutTest {
    private static final long PID = ProcessHandle.current().pid();
    private static final ServiceInfo SHOP = new ServiceInfo("shop", "1.2", "production", "a\"1");

    private final Layout layout = new EcsLayout(ServiceInfo.NONE);

    @Test
    void recordWithoutExtrasHasTheFieldsThatAllHave() {
        assertThat(print(layout, new FakeRecord().sequence(7).at("2026-03-29T00:59:59.5Z")))
                .isEqualTo("{\"@timestamp\":\"2026-03-29T00:59:59.500000000Z\",\"log\":{\"level\":\"INFO\","
                        + "\"logger\":\"com.example.orders.OrderService\"},\"process\":{\"pid\":" + PID
                        + ",\"thread\":{\"name\":\"main\"}},\"message\":\"hello\",\"event\":{\"sequence\":7},"
                        + "\"ecs\":{\"version\":\"8.11\"}}\n");
    }

    @Test
    void recordWithEverythingHasAllFields() {
        FakeRecord record = new FakeRecord()
                .level(Level.ERROR)
                .keyValue("order.id", "1")
                .context("user", "jo")
                .marker("AUDIT, SECURITY")
                .exception("java.lang.IllegalStateException: no stock\n\tat a.B.c(B.java:1)\n");

        assertThat(print(new EcsLayout(SHOP), record))
                .contains("{\"level\":\"ERROR\",")
                .contains("\"name\":\"main\"}},\"service\":{\"name\":\"shop\",\"version\":\"1.2\","
                        + "\"environment\":\"production\",\"node\":{\"name\":\"a\\\"1\"}},\"message\":")
                .endsWith(",\"order.id\":\"1\",\"user\":\"jo\",\"error\":{\"type\":\"java.lang.IllegalStateException\","
                        + "\"message\":\"no stock\",\"stack_trace\":\"java.lang.IllegalStateException: no stock\\n"
                        + "\\tat a.B.c(B.java:1)\\n\"},\"tags\":[\"AUDIT\",\"SECURITY\"],"
                        + "\"ecs\":{\"version\":\"8.11\"}}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A;\"A\"",
                "A, B;\"A\",\"B\"",
                "A [ B, C ];\"A\",\"B\",\"C\"",
                "A [ B [ C ], D ], E;\"A\",\"B\",\"C\",\"D\",\"E\"",
            })
    void eachMarkerIsATag(String markers, String tags) {
        assertThat(print(layout, new FakeRecord().marker(markers))).contains("\"tags\":[" + tags + "],");
    }

    @Test
    void aServiceThatHasButANodeNameSaysThat() {
        assertThat(print(new EcsLayout(new ServiceInfo(null, null, null, "a1")), new FakeRecord()))
                .contains(",\"service\":{\"node\":{\"name\":\"a1\"}},");
    }

    @Test
    void noNameComesTwice() {
        FakeRecord record = new FakeRecord()
                .keyValue("user", "from the call")
                .keyValue("message", "forged")
                .keyValue("labels.message", "forged, too")
                .context("user", "from the MDC")
                .context("log.level", "forged")
                .context("log.leve", "none of ours")
                .context("tags.first", "below a text")
                .context("tagsfirst", "none of ours, too")
                .context("labels", "no object");

        assertThat(print(layout, record))
                .contains(",\"user\":\"from the call\",\"labels.message\":\"forged\","
                        + "\"labels.labels.message\":\"forged, too\",\"labels.log.level\":\"forged\","
                        + "\"log.leve\":\"none of ours\",\"labels.tags.first\":\"below a text\","
                        + "\"tagsfirst\":\"none of ours, too\",\"labels.labels\":\"no object\",")
                .doesNotContain("from the MDC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "java.lang.Error;java.lang.Error;-",
                "java.lang.Error\\n\\tat a.B;java.lang.Error;-",
                "java.lang.Error: x: y\\n\\tat a.B;java.lang.Error;x: y",
                "a.B$C: two\\nlines\\n\\tat a.B;a.B$C;two\\nlines",
                "a.B: windows\\r\\n\\tat a.B;a.B;windows",
                "a.B: no trace\\nCaused by: c.D: e;a.B;no trace",
                "'a.B: ';a.B;-",
                "a.B:;a.B;-",
                "It failed: badly\\n\\tat a.B;-;It failed: badly",
                "Timeout: badly\\n\\tat a.B;-;Timeout: badly",
            })
    void typeAndMessageAreReadOffTheTrace(String trace, String type, String message) {
        String exception = trace.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");

        String error = print(layout, new FakeRecord().exception(exception));
        error = error.substring(error.indexOf("\"error\":{"), error.indexOf("\"stack_trace\""));
        assertThat(error)
                .isEqualTo("\"error\":{" + (type == null ? "" : "\"type\":\"" + type + "\",")
                        + (message == null ? "" : "\"message\":\"" + message + "\","));
    }
}
