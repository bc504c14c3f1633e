package io.asynclog.demo.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.LogBatch;
import io.asynclog.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShakySinkTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final List<Duration> pauses = new ArrayList<>();
    private final ShakySink sink = new ShakySink(now::get, pauses::add);

    @ParameterizedTest
    @CsvSource({
        "0, WELL",
        "14999, WELL",
        "15000, SLOW",
        "29999, SLOW",
        "30000, FAILING",
        "44999, FAILING",
        "45000, WELL",
        "4500015000, SLOW"
    })
    void theMoodChangesWithTheTime(long millis, Mood mood) {
        assertThat(Mood.after(Duration.ofMillis(millis))).isEqualTo(mood);
    }

    @Test
    void slowsFailsAndRecovers() throws Exception {
        sink.flush(NOTHING);
        assertThat(pauses).isEmpty();
        now.set(BEGIN.plusSeconds(20));
        sink.flush(NOTHING);
        assertThat(pauses).containsExactly(ShakySink.SLOW_FLUSH);
        now.set(BEGIN.plusSeconds(40));
        assertThatThrownBy(() -> sink.flush(NOTHING)).isInstanceOf(IOException.class);
        now.set(BEGIN.plusSeconds(50));
        sink.flush(NOTHING);
        assertThat(pauses).hasSize(1);
    }

    private static final LogBatch NOTHING = new LogBatch() {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public boolean redelivered() {
            return false;
        }

        @Override
        public Iterator<LogRecord> iterator() {
            return List.<LogRecord>of().iterator();
        }
    };
}
