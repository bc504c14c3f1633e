package io.asynclog.demo.trouble;

import io.asynclog.FlushFunction;
import io.asynclog.LogBatch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A sink whose mood changes with the time, and that does nothing else with what it is given. */
final class ShakySink implements FlushFunction {
    /** With the batch size of the profile it is then too slow for the load, but not for its flush timeout. */
    static final Duration SLOW_FLUSH = Duration.ofMillis(800);

    private final InstantSource clock;
    private final Pause pause;
    private final Instant begin;

    /** A wait, which a test does not wait for. */
    interface Pause {
        void last(Duration time) throws InterruptedException;
    }

    ShakySink(InstantSource clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
        begin = clock.instant();
    }

    @Override
    public void flush(LogBatch batch) throws IOException, InterruptedException {
        switch (Mood.after(Duration.between(begin, clock.instant()))) {
            case WELL -> {}
            case SLOW -> pause.last(SLOW_FLUSH);
            case FAILING -> throw new IOException("The shaky store is out of order");
        }
    }
}
