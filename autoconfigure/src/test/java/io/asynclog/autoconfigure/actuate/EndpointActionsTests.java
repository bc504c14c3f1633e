package io.asynclog.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.asynclog.AsyncLogManager;
import io.asynclog.FlushFunction;
import io.asynclog.LogRecord;
import io.asynclog.autoconfigure.BlockingSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EndpointActionsTests {
    @Test
    void aCallersNameForgesNoLine() throws InterruptedException {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .sink("audit", batch -> batch.forEach(record -> records.add(record.copy())))
                .build()) {
            manager.initialize();
            String name = "eve\r\n2026-11-23 INFO Action 'skip' on sink 'audit', asked for by ada {}";
            new EndpointActions(manager).sink("audit", "retry", null, null, name);
            assertThat(manager.flush(Duration.ofSeconds(10)).complete()).isTrue();
            assertThat(records).singleElement().satisfies(record -> {
                assertThat(record.safeMessage())
                        .startsWith("Action 'retry' on sink 'audit', asked for by eve\\r\\n2026")
                        .doesNotContain("\n", "\r");
                assertThat(record.loggerName()).isEqualTo(AsyncLogEndpoint.class.getName());
            });
        }
    }

    @Test
    void aSkipThatAFlushKeepsWaitingIsPutOff() throws InterruptedException {
        CountDownLatch flushing = new CountDownLatch(1);
        BlockingSink hanging = new BlockingSink();
        FlushFunction sink = batch -> {
            flushing.countDown();
            hanging.flush(batch);
        };
        try (AsyncLogManager manager =
                AsyncLogManager.builder().sink("audit", sink).build()) {
            manager.initialize();
            manager.getLogger("test").info("m");
            flushing.await();
            EndpointActions actions = new EndpointActions(manager);
            assertThatIllegalStateException()
                    .isThrownBy(() -> actions.sink("audit", "skip", "1", null, "ada"))
                    .withMessage("Sink 'audit' is still in a flush; nothing was dropped. Try again when it has ended.");
            hanging.release();
        }
    }

    @Test
    void anInterruptedFlushSaysSo() {
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) { // never started: nothing is flushed
            Thread.currentThread().interrupt();
            assertThatIllegalStateException()
                    .isThrownBy(() -> new EndpointActions(manager).flush("flush", "60s", "ada"))
                    .withMessageStartingWith("Interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
