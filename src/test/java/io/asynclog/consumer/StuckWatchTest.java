package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StuckWatchTest {
    private final Semaphore flushes = new Semaphore(0);
    private final Semaphore returns = new Semaphore(0);
    private final SinkCallFixture fixture = new SinkCallFixture(
            batch -> returns.acquireUninterruptibly(), SinkOptions.defaults().withFlushTimeout(Duration.ofNanos(1)));
    private final Thread thread = new Thread(() -> {
        for (int i = 0; i < 2; i++) {
            flushes.acquireUninterruptibly();
            fixture.flush();
        }
    });
    private final StuckWatch watch = new StuckWatch(fixture.sink, fixture.call, thread, fixture.errors);

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void letGo() {
        flushes.release(2);
        returns.release(2);
    }

    private void awaitStuck() {
        flushes.release();
        await().atMost(DEADLINE).until(watch::isStuck);
    }

    @Test
    void aFlushThatLastsTooLongIsReportedOnceAndTheNextOneAgain() {
        awaitStuck();
        for (int i = 0; i < 5; i++) {
            watch.check();
        }
        assertThat(fixture.errors.messages()).singleElement().asString().startsWith("Sink 'called' is stuck at ");

        returns.release();
        await().atMost(DEADLINE).until(() -> !watch.isStuck());
        watch.check();
        assertThat(fixture.errors.messages()).hasSize(1);
        awaitStuck();
        watch.check();
        assertThat(fixture.errors.messages()).hasSize(2);
    }

    @Test
    void onlyAFlushThatIsUnderWayIsReportedAsUnfinished() {
        watch.reportUnfinished();
        assertThat(fixture.errors.messages()).isEmpty();

        awaitStuck();
        watch.reportUnfinished();
        assertThat(fixture.errors.messages())
                .singleElement()
                .asString()
                .startsWith("Sink 'called' is stopped in a flush, at ");
    }
}
