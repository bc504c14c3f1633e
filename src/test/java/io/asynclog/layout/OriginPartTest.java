package io.asynclog.layout;

import static io.asynclog.layout.PatternLayoutTest.print;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** What is printed once and copied must look as if it had been printed anew. */
class OriginPartTest {
    private static final int RECORDS = 5_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%t] %logger : %m%n",
                "%d{HH:mm:ss.SSSSSSXXX,UTC} %5p --- [%15.15t] %-40.40logger{39} : %m%n",
                "[%t] %c{1} %d{SSS} %d{ss.SSS} %p: %m%n",
                "%t%c",
                "%m %40(%p %t) %t %d{ss}",
            })
    void sharedLayoutPrintsLikeANewOneForEachRecord(String pattern) {
        Random random = new Random(4711);
        PatternLayout shared = new PatternLayout("test", pattern, false);
        Instant begin = Instant.parse("2026-03-29T00:59:58.000000Z");
        for (int i = 0; i < RECORDS; i++) {
            FakeRecord record = new FakeRecord()
                    .level(Level.intToLevel(10 * random.nextInt(5)))
                    .thread("t" + random.nextInt(40))
                    .logger("com.example.Class" + random.nextInt(60))
                    .at(begin.plusNanos(i * 200_000L - random.nextInt(5_000_000))
                            .toString())
                    .message("message " + i);

            String anew = print(new PatternLayout("test", pattern, false), record);

            assertThat(print(shared, record)).isEqualTo(anew);
        }
    }

    @Test
    void namesThatJoinAlikeAreToldApart() {
        PatternLayout layout = new PatternLayout("test", "%c|%t", false);

        assertThat(print(layout, new FakeRecord().logger("ab").thread("c"))).isEqualTo("ab|c");
        assertThat(print(layout, new FakeRecord().logger("a").thread("bc"))).isEqualTo("a|bc");
        assertThat(print(layout, new FakeRecord().logger("").thread("abc"))).isEqualTo("|abc");
    }

    @Test
    void namesTooLongToBeKeptAreStillPrinted() {
        PatternLayout layout = new PatternLayout("test", "%c %d{SSS}", false);
        String name = "x".repeat(5000);

        assertThat(print(layout, new FakeRecord().logger(name))).isEqualTo(name + " 987");
        assertThat(print(layout, new FakeRecord().logger(name))).isEqualTo(name + " 987");
    }
}
