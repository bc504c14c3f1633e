package io.asynclog.demo.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.FlushFunction;
import io.asynclog.demo.DemoClient;
import io.asynclog.demo.DemoTest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.bean.override.convention.TestBean;

/** The profile as it is, but with a clock that the test moves. */
@DemoTest
@ActiveProfiles("trouble")
class TroubleTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(BEGIN);

    @Autowired
    private DemoClient demo;

    @TestBean
    @SuppressWarnings("UnusedVariable") // its type and name say which bean the method below replaces
    private FlushFunction shaky;

    static FlushFunction shaky() {
        return new ShakySink(NOW::get, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    @Test
    void theEndpointShowsASinkThatSlowsFailsAndRecovers() {
        awaitSink("running", "flushed", 100);

        NOW.set(BEGIN.plusSeconds(20));
        awaitSink("running", "depth", 300); // more than a batch: it is late

        NOW.set(BEGIN.plusSeconds(40));
        awaitSink("retrying", "retries", 1);
        assertThat(demo.get("/actuator/asynclog/shaky").text("$.lastFailure.message"))
                .contains("out of order");

        int flushed = demo.get("/actuator/asynclog/shaky").number("$.flushed");
        NOW.set(BEGIN.plusSeconds(46));
        awaitSink("running", "flushed", flushed + 1000);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> demo.get("/actuator/asynclog/shaky").number("$.depth") < 200);
        assertThat(demo.get("/actuator/asynclog").number("$.records.dropped.overflow"))
                .isZero();
    }

    private void awaitSink(String state, String figure, int atLeast) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            DemoClient.Answer sink = demo.get("/actuator/asynclog/shaky");
            assertThat(sink.text("$.state")).isEqualTo(state);
            assertThat(sink.number("$." + figure)).isGreaterThanOrEqualTo(atLeast);
        });
    }
}
