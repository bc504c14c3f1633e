package io.asynclog.layout;

import static io.asynclog.layout.PatternLayoutTest.print;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class JsonLayoutTest {
    private final JsonLayout layout = new JsonLayout();

    @Test
    void recordWithoutExtrasHasTheFieldsThatAllHave() {
        assertThat(print(layout, new FakeRecord().sequence(7).at("2026-03-29T00:59:59.5Z")))
                .isEqualTo(
                        "{\"@timestamp\":\"2026-03-29T00:59:59.500000000Z\",\"sequence\":7,\"level\":\"INFO\","
                                + "\"logger\":\"com.example.orders.OrderService\",\"thread\":\"main\",\"message\":\"hello\"}\n");
    }

    @Test
    void recordWithEverythingHasAllFields() {
        FakeRecord record = new FakeRecord()
                .level(Level.ERROR)
                .keyValue("a", "1")
                .keyValue("b", "2")
                .context("user", "jo")
                .marker("AUDIT")
                .exception("java.lang.Error\n\tat a.B");

        assertThat(print(layout, record))
                .endsWith(
                        ",\"message\":\"hello\",\"keyValues\":{\"a\":\"1\",\"b\":\"2\"},\"context\":{\"user\":\"jo\"},"
                                + "\"marker\":\"AUDIT\",\"exception\":\"java.lang.Error\\n\\tat a.B\"}\n")
                .contains("\"level\":\"ERROR\"");
    }

    @Test
    void furtherFieldsComeFirst() {
        ByteOutput out = new ByteOutput();
        layout.append(new FakeRecord(), Map.of("sink", "a\"b"), out);

        assertThat(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8))
                .startsWith("{\"sink\":\"a\\\"b\",\"@timestamp\":");
    }

    @Test
    void textsAreEscapedAndOtherwiseKeptAsGiven() {
        String text = "\"q\" \\ / \n\r\t\b\u0000\u001f\u007f\u0085\u2028\u2029 é€\uD83D\uDE00";
        String escaped = "\\\"q\\\" \\\\ / \\n\\r\\t\\u0008\\u0000\\u001f\\u007f\\u0085\\u2028\\u2029 é€\uD83D\uDE00";
        FakeRecord record = new FakeRecord()
                .message(text)
                .safeMessage("not this")
                .thread(text)
                .logger(text)
                .marker(text)
                .exception(text)
                .keyValue(text, text)
                .context(text, text);

        String json = print(layout, record);

        assertThat(json).endsWith("\"}\n").doesNotContain("not this");
        assertThat(json.lines()).hasSize(1);
        assertThat(json.split(java.util.regex.Pattern.quote(escaped), -1)).hasSize(10);
    }
}
