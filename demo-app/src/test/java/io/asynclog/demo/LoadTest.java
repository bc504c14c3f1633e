package io.asynclog.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.autoconfigure.AsyncLogProperties;
import io.asynclog.demo.DemoClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@DemoTest
class LoadTest {
    @Autowired
    private DemoClient demo;

    @Autowired
    private AsyncLogProperties properties;

    @Test
    void everyRecordOfALoadIsInTheFileAndTheLedgerAddsUp() throws IOException {
        Answer report = demo.post("/load?records=12345&threads=5");

        assertThat(report.status()).isEqualTo(200);
        assertThat(report.number("$.records")).isEqualTo(12345);
        assertThat(report.number("$.logged.recordsPerSecond")).isPositive();
        assertThat(report.number("$.flushed.recordsPerSecond")).isPositive();
        assertThat(report.flag("$.addsUp")).isTrue();
        assertThat(report.number("$.ledger.accepted")).isEqualTo(12345);
        assertThat(report.number("$.ledger.dropped")).isZero();
        assertThat(report.number("$.ledger.sinks.file.flushed")).isEqualTo(12345);
        assertThat(report.number("$.ledger.sinks.console.filtered")).isEqualTo(12345);
        assertThat(report.number("$.ledger.sinks.file.depth")).isZero();
        assertThat(report.number("$.ledger.sinks.console.depth")).isZero();
        assertThat(report.number("$.ledger.sinks.audit.depth")).isZero();
        try (Stream<String> lines = Files.lines(file())) {
            assertThat(lines.filter(line -> line.contains(" of 2469 has left ")))
                    .hasSize(12345);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"records=0", "records=100000001", "threads=0", "threads=257", "records=many"})
    void refusesALoadOutOfBounds(String query) {
        assertThat(demo.post("/load?" + query).status()).isEqualTo(400);
    }

    @Test
    void runsOneLoadAtATimeWhichWaitsForASinkThatHangs() {
        demo.setFault("hang");
        demo.placeOrder();
        CompletableFuture<Answer> load = CompletableFuture.supplyAsync(() -> demo.post("/load?records=1001&threads=1"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(file()).content().contains("Load of 1001 records in 1 threads begins"));

        assertThat(demo.post("/load?records=1&threads=1").status()).isEqualTo(409);
        assertThat(load).isNotDone();

        demo.mend();
        assertThat(load).succeedsWithin(Duration.ofSeconds(30));
        assertThat(load.join().flag("$.addsUp")).isTrue();
    }

    private Path file() {
        return Path.of(Objects.requireNonNull(properties.file().path()));
    }
}
