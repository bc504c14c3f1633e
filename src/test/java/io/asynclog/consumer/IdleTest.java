package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.EngineFixture;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A loop that has nothing to do sleeps: it costs nothing until a record wakes it. */
class IdleTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int LOOKS = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    @Test
    void loopThatHasNothingToDoStaysAsleepUntilARecordComes() {
        AtomicReference<Thread> loop = new AtomicReference<>();
        try (EngineFixture engine = new EngineFixture()) {
            engine.sink.doFirst(batch -> loop.set(Thread.currentThread()));
            engine.log.info("1");
            assertThat(engine.flushed()).hasSize(1);

            Waits waits = new Waits(loop.get().getId());
            await().atMost(DEADLINE).pollInterval(BETWEEN_LOOKS).until(() -> waits.sameLooks() == LOOKS);
            engine.log.info("2");
            await().atMost(DEADLINE).until(() -> engine.sink.messages().contains("2"));
        }
    }

    /** How often a thread has waited, as often as the test looks. */
    private static final class Waits {
        private final long threadId;
        private long count = -1;
        private int sameLooks;

        Waits(long threadId) {
            this.threadId = threadId;
        }

        /** Looks, and returns at how many looks in a row it was still in the same wait. */
        int sameLooks() {
            long before = count;
            count = THREADS.getThreadInfo(threadId).getWaitedCount();
            sameLooks = count == before ? sameLooks + 1 : 0;
            return sameLooks;
        }
    }
}
