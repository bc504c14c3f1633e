package io.asynclog.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.LogRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

/** What the words print. The expected texts are those that Logback 1.5 prints for the same pattern and event. */
class PatternLayoutTest {
    private static final String ESC = "\u001b[";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "%level;INFO",
                "%le;INFO",
                "%p;INFO",
                "%thread;main",
                "%t;main",
                "%logger;com.example.orders.OrderService",
                "%lo;com.example.orders.OrderService",
                "%c;com.example.orders.OrderService",
                "%msg;hello",
                "%m;hello",
                "%message;hello",
                "%kvp;k1=\"v1\" k2=\"2\"",
                "%kvp{DOUBLE};k1=\"v1\" k2=\"2\"",
                "%kvp{NONE};k1=v1 k2=2",
                "%kvp{single};k1='v1' k2='2'",
                "%X;user=jo, tenant=acme",
                "%mdc;user=jo, tenant=acme",
                "%X{user};jo",
                "%X{none};``",
                "%X{none:-dflt};dflt",
                "%X{none:-};``",
                "%X{user:-dflt};jo",
                "%marker;``",
                "%nopex%m;hello",
            })
    void wordPrintsItsPartOfTheRecord(String pattern, String expected) {
        FakeRecord record = new FakeRecord()
                .keyValue("k1", "v1")
                .keyValue("k2", "2")
                .context("user", "jo")
                .context("tenant", "acme");

        assertThat(print(pattern, record)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "%-7level|;INFO   |",
                "%7p|;`   INFO|`",
                "%.2p|;FO|",
                "%.-2p|;IN|",
                "%3.3le|;NFO|",
                "%6.6p|;`  INFO|`",
                "%-6.6p|;INFO  |",
                "%.0m|;|",
                "%-40.40logger{39}|;com.example.orders.OrderService         |",
                "%20.30logger|;om.example.orders.OrderService|",
                "%-20.30logger|;om.example.orders.OrderService|",
                "%.-30logger|;com.example.orders.OrderServic|",
                "%.10logger;derService",
                "%.-10logger;com.exampl",
                "%6t|;`  main|`",
                "%-6t|;main  |",
                "%.2t|;in|",
                "%.-2t|;ma|",
                "%5.5m|;hello|",
                "%3.4m|;ello|",
                "%7m|;`  hello|`",
                "%-30(%d{HH:mm, UTC} [%t])|;00:59 [main]                  |",
                "%10(abc)|;`       abc|`",
                "%.3(abcdef)|;def|",
                "%(a%m)|;ahello|",
                "%(%m)%t;hellomain",
                "%-3()|;`   |`",
                "%12(%-7(%p)%t)|;` INFO   main|`",
                "%-15(%.10logger)|;derService     |",
                "%6(%.2t)|;`    in|`",
                "%.3(%6t)|;ain|",
                "%.3(%-6t)|;`n  |`",
                "%5(%(%.2t))|;`   in|`",
                "%-6clr(%.2t){red}|;in    |",
                "%(%.2t)|;in|",
            })
    void widthPadsAndCuts(String pattern, String expected) {
        assertThat(print(pattern, new FakeRecord())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "a\\%b\\(c\\)d\\\\e;a%b(c)d\\e",
                "100%% sure;100% sure",
                "%m\\_x;hellox",
                "%m\\_{x};hello{x}",
                "(plain %m;(plain hello",
                "%m{};hello",
                "'%m';'hello'",
            })
    void escapesPrintWhatOtherwiseHasAMeaning(String pattern, String expected) {
        assertThat(print(pattern, new FakeRecord())).isEqualTo(expected);
    }

    @Test
    void escapedLettersPrintTabAndLineBreaks() {
        assertThat(print("\\ta\\nb\\rc", new FakeRecord())).isEqualTo("\ta\nb\rc");
    }

    @Test
    void lineBreakIsThatOfTheSystem() {
        assertThat(print("%m%n", new FakeRecord())).isEqualTo("hello" + System.lineSeparator());
    }

    @Test
    void pidIsThatOfTheProcess() {
        assertThat(print("%pid", new FakeRecord()))
                .isEqualTo(String.valueOf(ProcessHandle.current().pid()));
    }

    @Test
    void widthCountsCharactersOfAnyLength() {
        FakeRecord record = new FakeRecord().thread("jürgen\uD83D\uDE00").message("über€\uD83D\uDE00");

        assertThat(print("%8m|", record)).isEqualTo("  über€\uD83D\uDE00|");
        assertThat(print("%.2m|", record)).isEqualTo("€\uD83D\uDE00|");
        assertThat(print("%.-4m|", record)).isEqualTo("über|");
        assertThat(print("%9t|", record)).isEqualTo("  jürgen\uD83D\uDE00|");
        assertThat(print("%-9t|", record)).isEqualTo("jürgen\uD83D\uDE00  |");
        assertThat(print("%.2t|", record)).isEqualTo("n\uD83D\uDE00|");
    }

    @Test
    void markersArePrinted() {
        assertThat(print("[%marker]", new FakeRecord().marker("AUDIT, SLOW"))).isEqualTo("[AUDIT, SLOW]");
        assertThat(print("[%8.8marker]", new FakeRecord())).isEqualTo("[        ]");
        assertThat(print("[%-8(%.3marker)]", new FakeRecord().marker("AUDIT"))).isEqualTo("[DIT     ]");
    }

    @Test
    void colorsAreThoseOfSpringBoot() {
        assertThat(printColored("%clr(x){faint}", Level.INFO)).isEqualTo(ESC + "2mx" + ESC + "0;39m");
        assertThat(printColored("%clr(x){red,bold}", Level.INFO)).isEqualTo(ESC + "31;1mx" + ESC + "0;39m");
        assertThat(printColored("%clr(x){bg_blue, bright_white}", Level.INFO))
                .isEqualTo(ESC + "44;97mx" + ESC + "0;39m");
        assertThat(printColored("%20clr(x){red}|", Level.INFO)).isEqualTo("       " + ESC + "31mx" + ESC + "0;39m|");
        assertThat(printColored("%clr(%clr(x){red}y){blue}", Level.INFO))
                .isEqualTo(ESC + "34m" + ESC + "31mx" + ESC + "0;39my" + ESC + "0;39m");
    }

    @ParameterizedTest
    @CsvSource({"TRACE,32", "DEBUG,32", "INFO,32", "WARN,33", "ERROR,31"})
    void colorWithoutOptionIsThatOfTheLevel(Level level, String code) {
        String expected = ESC + code + "m" + " ".repeat(5 - level.name().length()) + level + ESC + "0;39m " + ESC + code
                + "mhello" + ESC + "0;39m";

        assertThat(printColored("%clr(%5p) %clr(%m){}", level)).isEqualTo(expected);
    }

    @Test
    void colorsThatAreOffLeaveTheText() {
        assertThat(print("%clr(%5p){red} %-8clr(%m)|", new FakeRecord())).isEqualTo(" INFO hello   |");
    }

    @Test
    void consolePatternPrintsLikeSpringBoot() {
        FakeRecord record = new FakeRecord();
        String pid = String.valueOf(ProcessHandle.current().pid());

        assertThat(printColored(PatternLayout.consolePattern("", "demo").replace("XXX", "XXX, UTC"), Level.INFO))
                .isEqualTo(ESC + "2m2026-03-29T00:59:59.987Z" + ESC + "0;39m " + ESC + "32m INFO" + ESC + "0;39m " + ESC
                        + "35m" + pid + ESC + "0;39m " + ESC + "2m--- [demo] [           main] " + ESC + "0;39m" + ESC
                        + "36mcom.example.orders.OrderService         " + ESC + "0;39m " + ESC + "2m:" + ESC
                        + "0;39m hello" + System.lineSeparator());
        assertThat(print(PatternLayout.consolePattern("").replace("XXX", "XXX, UTC"), record))
                .isEqualTo("2026-03-29T00:59:59.987Z  INFO " + pid + " --- [           main] "
                        + "com.example.orders.OrderService          : hello" + System.lineSeparator());
    }

    @Test
    void filePatternIsTheConsolePatternWithoutColors() {
        FakeRecord record = new FakeRecord().thread("fifteen letters").exception("java.lang.Error: x");

        assertThat(print(PatternLayout.filePattern("", "demo"), record))
                .isEqualTo(print(PatternLayout.consolePattern("", "demo"), record));
    }

    @Test
    void correlationStandsBetweenThreadAndLogger() {
        FakeRecord record = new FakeRecord().context("traceId", "7");

        assertThat(print(PatternLayout.consolePattern("<%X{traceId}> ", "demo"), record))
                .contains("[           main] <7> com.example");
        assertThat(print(PatternLayout.filePattern("<%X{traceId}> ", "demo"), record))
                .contains("[main] <7> com.example");
    }

    @Test
    void correlationIdPrintsIdsInColumns() {
        String blanks = " ".repeat(32);

        assertThat(print("%correlationId|", new FakeRecord())).isEqualTo("[" + " ".repeat(49) + "] |");
        assertThat(print("%correlationId|", new FakeRecord().context("spanId", "s7")))
                .isEqualTo("[" + blanks + "-s7" + " ".repeat(14) + "] |");
        assertThat(print(
                        "%correlationId{a(2), b(3)}|",
                        new FakeRecord().context("a", "long\n").context("b", "")))
                .isEqualTo("[long\\n-   ] |");
        assertThat(print("%correlationId{a(2), b(1), a(5)}|", new FakeRecord().context("a", "xyz")))
                .isEqualTo("[xyz- -xyz  ] |");
    }

    @Test
    void partsStandInTheirOrderHoweverManyThereAre() {
        FakeRecord record = new FakeRecord();
        String pattern = "%nopex";
        String expected = "";
        for (char key = 'a'; key <= 'h'; key++) {
            record.context(String.valueOf(key), key + ".");
            pattern += "%X{" + key + "}";
            expected += key + ".";
            assertThat(print(pattern, record)).isEqualTo(expected);
        }
    }

    @Test
    void onlyTheConsoleFitsTheNameOfTheThreadIntoAColumn() {
        FakeRecord record = new FakeRecord().thread("http-nio-8080-exec-10");

        assertThat(print(PatternLayout.consolePattern(""), record)).contains("--- [io-8080-exec-10] com");
        assertThat(print(PatternLayout.filePattern(""), record)).contains("--- [http-nio-8080-exec-10] com");
    }

    @Test
    void escapedLiteralPrintsAsItIs() {
        String literal = "50% (\\n) {x} %msg";

        assertThat(print("[" + PatternLayout.escape(literal) + "]", new FakeRecord()))
                .isEqualTo("[" + literal + "]");
        assertThat(print(PatternLayout.filePattern("", literal), new FakeRecord()))
                .contains("--- [" + literal + "] [");
    }

    @Test
    void layoutAppendsBehindWhatIsThere() {
        PatternLayout layout = new PatternLayout("test", "%5p %-20.20c{1} %m;", false);
        ByteOutput out = new ByteOutput();
        layout.append(new FakeRecord(), out);
        layout.append(new FakeRecord().level(Level.ERROR).message("again"), out);

        assertThat(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8))
                .isEqualTo(" INFO c.e.o.OrderService   hello;ERROR c.e.o.OrderService   again;");
    }

    static String print(String pattern, FakeRecord record) {
        return print(new PatternLayout("console.pattern", pattern, false), record);
    }

    static String print(Layout layout, LogRecord record) {
        ByteOutput out = new ByteOutput();
        layout.append(record, out);
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }

    private static String printColored(String pattern, Level level) {
        return print(new PatternLayout("console.pattern", pattern, true), new FakeRecord().level(level));
    }
}
