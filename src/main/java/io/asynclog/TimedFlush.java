package io.asynclog;

import io.asynclog.FlushReport.Outcome;
import io.asynclog.consumer.LogConsumer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A barrier that somebody waits for, and not for ever. */
final class TimedFlush {
    private static final long POLL_MILLIS = 5;

    private final LogConsumer consumer;
    private final AwaitedPushes pushes;

    TimedFlush(LogConsumer consumer, AwaitedPushes pushes) {
        this.consumer = consumer;
        this.pushes = pushes;
    }

    FlushReport run(Duration timeout) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        long deadline = System.nanoTime() + nanos;
        CompletableFuture<Long> end = pushes.placed();
        CompletableFuture<Void> barrier = pushes.flush(end);
        boolean complete = false;
        Map<String, Throwable> failures = Map.of();
        try {
            barrier.get(nanos, TimeUnit.NANOSECONDS);
            complete = true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IllegalStateException misused) {
                throw misused;
            }
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            if (!(failure.getCause() instanceof LogFlushException notFlushed)) {
                throw new IllegalStateException(failure.getCause());
            }
            failures = notFlushed.failures();
            awaitOthers(end.join(), failures.keySet(), deadline);
        } catch (TimeoutException timeIsOver) {
            // Then the sinks are where they are.
        }
        return new FlushReport(complete, outcomes(end, failures));
    }

    /** The barrier fails with the first sink that takes nothing; the others are at work, and this is about them too. */
    private void awaitOthers(long end, Set<String> failed, long deadline) throws InterruptedException {
        while (!failed.containsAll(consumer.behind(end, true)) && deadline - System.nanoTime() > 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private Map<String, Outcome> outcomes(CompletableFuture<Long> end, Map<String, Throwable> failures) {
        Set<String> behind = consumer.behind(end.getNow(Long.MAX_VALUE), false);
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (String sink : consumer.sinks()) {
            Outcome come = behind.contains(sink) ? Outcome.PENDING : Outcome.FLUSHED;
            outcomes.put(sink, failures.containsKey(sink) ? Outcome.FAILED : come);
        }
        return Collections.unmodifiableMap(outcomes);
    }
}
