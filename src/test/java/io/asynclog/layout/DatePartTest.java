package io.asynclog.layout;

import static io.asynclog.layout.PatternLayoutTest.print;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatePartTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "%d{yyyy-MM-dd HH:mm:ss.SSS, UTC};2026-03-29 00:59:59.987",
                "%date{ISO8601, UTC};2026-03-29 00:59:59,987",
                "%d{STRICT, UTC};2026-03-29T00:59:59,987",
                "%d{\"yyyy-MM-dd HH:mm:ss,SSS\", Europe/Berlin};2026-03-29 01:59:59,987",
                "%d{'yyyy,SSS', UTC};2026,987",
                "%d{HH:mm:ss.SSS, America/New_York, de};20:59:59.987",
                "%d{E d. MMM, Europe/Berlin, de};So. 29. März",
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, Europe/Berlin};2026-03-29T01:59:59.987+01:00",
                "%d{SSSSSS, UTC};987654",
                "%d{SSSSSSSSS, UTC};987654321",
                "%d{HH.S, UTC};00.9",
                "%d{yyyy'S'MM, UTC};2026S03",
                "%d{HH, UTC};00",
                "%d{SSS SSS, UTC};987 987",
                "%d{n, UTC};987654321",
                "%d{A, UTC};3599987",
                "%d{HH[.SSS], UTC};00.987",
                "%d{ppppd ppH, UTC};`  29  0`",
            })
    void formatZoneAndLocaleAreThoseOfDateTimeFormatter(String pattern, String expected) {
        assertThat(print(pattern, new FakeRecord())).isEqualTo(expected);
    }

    @Test
    void defaultIsIso8601InTheZoneOfTheSystem() {
        String expected = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS")
                .withZone(ZoneId.systemDefault())
                .format(new FakeRecord().timestamp());

        assertThat(print("%d", new FakeRecord())).isEqualTo(expected);
        assertThat(print("%d{}", new FakeRecord())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,2026-03-29T01:00:00Z",
        "America/New_York,2026-11-01T06:00:00Z",
        "America/Sao_Paulo,2018-11-04T03:00:00Z",
        "Australia/Lord_Howe,2026-04-04T15:00:00Z",
    })
    void timesAroundAChangeOfClocksAreRight(String zone, Instant change) {
        String format = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";
        PatternLayout layout = new PatternLayout("test", "%d{" + format + ", " + zone + "}", false);
        DateTimeFormatter expected =
                DateTimeFormatter.ofPattern(format, Locale.getDefault()).withZone(ZoneId.of(zone));
        for (int millis = -5000; millis < 5000; millis += 37) {
            Instant time = change.plusMillis(millis);

            assertThat(print(layout, new FakeRecord().at(time.toString()))).isEqualTo(expected.format(time));
        }
    }

    @Test
    void recordsOfTwoSecondsMayAlternate() {
        PatternLayout layout = new PatternLayout("test", "%d{ss.SSS, UTC}", false);

        assertThat(print(layout, new FakeRecord().at("2026-01-01T00:00:01.999Z")))
                .isEqualTo("01.999");
        assertThat(print(layout, new FakeRecord().at("2026-01-01T00:00:02.000Z")))
                .isEqualTo("02.000");
        assertThat(print(layout, new FakeRecord().at("2026-01-01T00:00:01.998Z")))
                .isEqualTo("01.998");
        assertThat(print(layout, new FakeRecord().at("2026-01-01T00:00:02.001Z")))
                .isEqualTo("02.001");
        assertThat(print(layout, new FakeRecord().at("2026-01-01T00:00:00.050Z")))
                .isEqualTo("00.050");
    }

    @Test
    void timeIsPrintedPlainlyWhereItsNameIsLongerThanItsRoom() {
        PatternLayout layout = new PatternLayout("test", "%d{ppppppppppB, UTC, en}", false);

        assertThat(print(layout, new FakeRecord().at("2026-03-29T23:30:00Z"))).isEqualTo("  at night");
        assertThat(print(layout, new FakeRecord().at("2026-03-29T15:30:00Z"))).isEqualTo("2026-03-29T15:30:00Z");
    }

    @Test
    void timesBefore1970AreRight() {
        assertThat(print("%d{yyyy-MM-dd HH:mm:ss.SSS, UTC}", new FakeRecord().at("1969-12-31T23:59:59.001Z")))
                .isEqualTo("1969-12-31 23:59:59.001");
    }
}
