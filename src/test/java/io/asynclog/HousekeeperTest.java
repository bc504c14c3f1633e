package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HousekeeperTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration DEADLINE = EngineFixture.DEADLINE;

    private final RecordedErrors errors = new RecordedErrors();

    @Test
    void choresAreDoneAgainAndAgain() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(3);
        CountDownLatch second = new CountDownLatch(3);
        Housekeeper housekeeper = new Housekeeper(SOON, errors, first::countDown, second::countDown);
        housekeeper.start();

        Latches.await(first);
        Latches.await(second);
        assertEnds(housekeeper);
        assertThat(errors.messages()).isEmpty();
    }

    @Test
    void choreThatFailsIsReportedAndNothingElseIsLeftUndone() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(3);
        CountDownLatch others = new CountDownLatch(3);
        Runnable failing = () -> {
            failed.countDown();
            throw new AssertionError("broom");
        };
        Housekeeper housekeeper = new Housekeeper(SOON, errors, failing, others::countDown);
        housekeeper.start();

        Latches.await(failed);
        Latches.await(others);
        assertEnds(housekeeper);
        assertThat(errors.messages())
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly("Housekeeping failed and goes on: java.lang.AssertionError: broom");
    }

    @Test
    void nothingIsDoneBeforeTheIntervalIsOver() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        Housekeeper housekeeper = new Housekeeper(NEVER, errors, done::incrementAndGet);
        housekeeper.start();
        awaitSleepOf(housekeeper);
        housekeeper.interrupt();
        await().atMost(DEADLINE).until(() -> !housekeeper.isInterrupted());
        awaitSleepOf(housekeeper);

        assertEnds(housekeeper);
        assertThat(done).hasValue(0);
    }

    @Test
    void housekeeperThatEndsDoesTheChoreUnderWayAtMost() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        Runnable slow = () -> {
            begun.countDown();
            Latches.await(ended);
        };
        Housekeeper housekeeper = new Housekeeper(SOON, errors, slow, done::incrementAndGet);
        housekeeper.start();
        Latches.await(begun);
        housekeeper.end();
        ended.countDown();

        housekeeper.join(DEADLINE.toMillis());
        assertThat(housekeeper.isAlive()).isFalse();
        assertThat(done).hasValue(0);
    }

    @Test
    void chorePassesBeforeItsEndIsAwaitedEvenByAThreadThatIsInterrupted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean choreEnded = new AtomicBoolean();
        Housekeeper housekeeper = new Housekeeper(SOON, errors, () -> {
            begun.countDown();
            Latches.await(release);
            choreEnded.set(true);
        });
        housekeeper.start();
        Latches.await(begun);
        housekeeper.end();
        AtomicBoolean endedFirst = new AtomicBoolean();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread waiting = new Thread(() -> {
            Thread.currentThread().interrupt();
            housekeeper.awaitEnd(DEADLINE);
            endedFirst.set(choreEnded.get());
            stillInterrupted.set(Thread.interrupted());
        });
        waiting.start();
        await().atMost(DEADLINE).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        release.countDown();
        waiting.join(DEADLINE.toMillis());

        assertThat(endedFirst).isTrue();
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void choreDoesNotWaitForItself() throws InterruptedException {
        AtomicReference<Housekeeper> self = new AtomicReference<>();
        CountDownLatch passed = new CountDownLatch(1);
        Housekeeper housekeeper = new Housekeeper(SOON, errors, () -> {
            self.get().awaitEnd(NEVER);
            passed.countDown();
        });
        self.set(housekeeper);
        housekeeper.start();

        Latches.await(passed);
        assertEnds(housekeeper);
    }

    @Test
    void engineKeepsHouseOnADaemonThreadUntilItIsShutDown() throws InterruptedException {
        Set<Thread> before = housekeepers();
        Set<Thread> own;
        try (EngineFixture engine = new EngineFixture()) {
            own = housekeepers();
            own.removeAll(before);
            assertThat(own).hasSize(1).allMatch(Thread::isDaemon);
            engine.log.info("one");
        }

        for (Thread thread : own) {
            thread.join(DEADLINE.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static Set<Thread> housekeepers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Housekeeper.class::isInstance)
                .collect(Collectors.toSet());
    }

    private static void awaitSleepOf(Housekeeper housekeeper) {
        await().atMost(DEADLINE).until(() -> housekeeper.getState() == Thread.State.TIMED_WAITING);
    }

    private static void assertEnds(Housekeeper housekeeper) throws InterruptedException {
        housekeeper.end();
        housekeeper.join(DEADLINE.toMillis());
        assertThat(housekeeper.isAlive()).isFalse();
    }
}
