package io.asynclog.consumer;

import static io.asynclog.consumer.SinkStatus.State.RETRYING;
import static io.asynclog.consumer.SinkStatus.State.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SinkStatesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<SinkStatus.State> state = new AtomicReference<>(RUNNING);
    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final SinkStates states = new SinkStates(state::get, now::get);

    @Test
    void aStateLastsSinceItWasFirstSeen() {
        assertLook(0, RUNNING, 0);
        assertLook(5, RUNNING, 0);
        state.set(RETRYING);
        assertLook(7, RETRYING, 7);
        assertLook(9, RETRYING, 7);
    }

    @Test
    void aStateThatComesAgainBeginsAnew() {
        state.set(RETRYING);
        assertLook(1, RETRYING, 1);
        state.set(RUNNING);
        assertLook(2, RUNNING, 2);
        state.set(RETRYING);
        assertLook(3, RETRYING, 3);
    }

    @Test
    void sinkThatThrowsAndHangsInTurnsIsInOneTrouble() {
        state.set(RETRYING);
        assertLook(1, RETRYING, 1);
        state.set(SinkStatus.State.STUCK);
        assertLook(31, SinkStatus.State.STUCK, 1);
        state.set(RETRYING);
        assertLook(61, RETRYING, 1);
        state.set(RUNNING);
        assertLook(62, RUNNING, 62);
    }

    private void assertLook(int second, SinkStatus.State expected, int since) {
        now.set(BEGIN.plusSeconds(second));
        assertThat(states.update()).isEqualTo(new SinkStates.Seen(expected, BEGIN.plusSeconds(since)));
    }
}
