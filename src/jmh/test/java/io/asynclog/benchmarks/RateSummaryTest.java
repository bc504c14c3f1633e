package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateSummaryTest {
    private final RateSummary summary = new RateSummary("ours");

    @Test
    void ratesStandInAColumnForEachNumberOfProducers() {
        summary.add("ours", 1, List.of(8.0, 4.0, 6.0));
        summary.add("ours", 16, List.of(2.0, 3.0, 1.0));

        assertThat(printed())
                .containsExactly(
                        "",
                        "| million records a second | 1 | 16 |",
                        "|---|---:|---:|",
                        "| ours | 6.00 (4.00-8.00) | 2.00 (1.00-3.00) |");
    }

    @Test
    void aRatioIsThatOfTheRatesOfOneRound() {
        summary.add("ours", 1, List.of(8.0, 4.0, 2.0));
        summary.add("peer", 1, List.of(2.0, 1.0, 1.0));

        assertThat(printed()).endsWith("| ours, times the rate of | 1 |", "|---|---:|", "| peer | 4.00 (2.00-4.00) |");
    }

    @Test
    void aSubjectThatServesOneProducerOnlyHasAnEmptyPlaceForMore() {
        summary.add("ours", 1, List.of(6.0));
        summary.add("limit", 1, List.of(8.0));
        summary.add("ours", 2, List.of(6.0));

        assertThat(printed()).contains("| limit | 8.00 (8.00-8.00) |  |").endsWith("| limit | 0.75 (0.75-0.75) |  |");
    }

    @Test
    void nothingIsComparedWhereTheSubjectWasNotMeasured() {
        summary.add("peer", 1, List.of(2.0));
        summary.add("other", 1, List.of(2.0));

        assertThat(printed()).noneMatch(line -> line.contains("times the rate"));
    }

    private List<String> printed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        summary.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
