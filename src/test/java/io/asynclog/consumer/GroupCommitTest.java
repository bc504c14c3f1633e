package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.failureOf;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.Latches;
import io.asynclog.LogReceipt;
import io.asynclog.LogStoreException;
import io.asynclog.RecordedErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class GroupCommitTest {
    private final IOException refused = new IOException("no space left on device");

    private final FakeDevice device = new FakeDevice();
    private final AtomicLong endOfLog = new AtomicLong();
    private final Completions completions = new Completions((message, cause) -> {});
    private final RecordedErrors errors = new RecordedErrors();
    private final GroupCommit commit = new GroupCommit(device::force, endOfLog::get, completions, errors);

    @AfterEach
    void stop() {
        device.letGo();
        commit.stop(DEADLINE.toNanos());
        completions.stop(DEADLINE.toNanos());
    }

    private CompletableFuture<LogReceipt> log() {
        CompletableFuture<LogReceipt> future = new CompletableFuture<>();
        commit.register(endOfLog.getAndIncrement(), future);
        return future;
    }

    private List<CompletableFuture<LogReceipt>> log(int count) {
        List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(log());
        }
        return futures;
    }

    private static LogReceipt stored(long sequence) {
        return new LogReceipt(sequence, LogReceipt.Status.STORED);
    }

    @Test
    void oneForceServesAllThatWait() throws InterruptedException {
        device.hold();
        CompletableFuture<LogReceipt> first = log();
        device.awaitForce();
        List<CompletableFuture<LogReceipt>> others = log(1000);
        device.letGo();

        assertThat(join(first)).isEqualTo(stored(0));
        for (int i = 0; i < 1000; i++) {
            assertThat(join(others.get(i))).isEqualTo(stored(i + 1));
        }
        assertThat(device.forces()).isEqualTo(2);
    }

    @Test
    void whoComesDuringAForceIsNotServedByIt() throws InterruptedException {
        device.hold();
        CompletableFuture<LogReceipt> first = log();
        device.awaitForce();
        CompletableFuture<LogReceipt> second = log();
        device.letOneGo();
        join(first);
        device.awaitForce();
        assertThat(second).isNotDone();
        device.letGo();
        join(second);
    }

    @Test
    void aFailedForceFailsThoseItWasFor() throws InterruptedException {
        device.failWith(refused);
        Throwable failure = failureOf(log());
        assertThat(failure)
                .isInstanceOf(LogStoreException.class)
                .hasMessage("Record 0 could not be forced to the device")
                .hasCause(refused);
        failureOf(log());
        device.failWith(null);
        assertThat(join(log())).isEqualTo(stored(2));
        assertThat(device.forces()).isEqualTo(3);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(errors.messages())
                .containsExactly(
                        "Records cannot be forced to the device; who waits for it is told: " + refused,
                        "Records are forced to the device again"));
    }

    @Test
    void eachWaiterGetsAnExceptionOfItsOwn() throws InterruptedException {
        device.hold();
        device.failWith(refused);
        CompletableFuture<LogReceipt> head = log();
        device.awaitForce();
        List<CompletableFuture<LogReceipt>> futures = log(2);
        device.letGo();
        failureOf(head);
        assertThat(failureOf(futures.get(0))).isNotSameAs(failureOf(futures.get(1)));
    }

    /** The kernel may have dropped what they wrote along with the rest, and will not say so a second time. */
    @Test
    void aLaterForceProvesNothingForWhatWasInTheLogWhenOneFailed() throws InterruptedException {
        device.hold();
        device.failWith(refused);
        CompletableFuture<LogReceipt> first = log();
        device.awaitForce();
        CompletableFuture<LogReceipt> meanwhile = log();
        long pushedNotYetRegistered = endOfLog.getAndIncrement();
        device.letOneGo();
        failureOf(first);
        device.awaitForce();
        device.failWith(null);
        CompletableFuture<LogReceipt> late = new CompletableFuture<>();
        commit.register(pushedNotYetRegistered, late);
        CompletableFuture<LogReceipt> after = log();
        device.letGo();

        assertThat(failureOf(meanwhile))
                .isInstanceOf(LogStoreException.class)
                .hasMessage("Record 1 may not be on the device: a force failed when it was in the buffer already")
                .hasCause(refused);
        assertThat(failureOf(late)).isInstanceOf(LogStoreException.class);
        assertThat(join(after)).isEqualTo(stored(3));
    }

    @Test
    void anErrorFailsItsWaitersAndTheThreadGoesOn() {
        InternalError error = new InternalError("a fault occurred in an unsafe memory access operation");
        device.failWith(error);
        assertThat(failureOf(log())).isInstanceOf(LogStoreException.class).hasCause(error);
        device.failWith(null);
        assertThat(join(log())).isEqualTo(stored(1));
    }

    @Test
    void whatGoesWrongAfterTheForceFailsItsWaitersAsAForceThatFailedDoes() {
        OutOfMemoryError noMemory = new OutOfMemoryError("Java heap space");
        GroupCommit troubled = new GroupCommit(
                device::force,
                () -> {
                    throw noMemory;
                },
                completions,
                errors);
        device.failWith(refused);
        CompletableFuture<LogReceipt> future = new CompletableFuture<>();
        CompletableFuture<String> thread =
                future.handle((receipt, failure) -> Thread.currentThread().getName());
        troubled.register(0, future);

        assertThat(join(thread))
                .as("first, as who waits for the future may run what hangs on it")
                .isEqualTo("asynclog-completion");
        assertThat(failureOf(future)).isInstanceOf(LogStoreException.class).hasCause(noMemory);
        troubled.stop(DEADLINE.toNanos());
    }

    @Test
    void aCallbackThatBlocksStallsNeitherTheNextForceNorAThreadThatWaits() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        device.hold();
        CompletableFuture<Void> blocking = log().thenAccept(receipt -> {
            blocked.countDown();
            Latches.await(gate);
        });
        device.awaitForce();
        device.letGo();
        Latches.await(blocked);

        UnsharedFuture waiting = new UnsharedFuture(Level.INFO);
        commit.register(endOfLog.getAndIncrement(), waiting);
        assertThat(join(waiting)).isEqualTo(stored(1));
        assertThat(device.forces()).isEqualTo(2);
        assertThat(blocking).isNotDone();
        gate.countDown();
        join(blocking);
    }

    @Test
    void callbacksRunOnTheCompletionThreadInTheOrderOfTheRequests() throws InterruptedException {
        ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Long> sequences = new ConcurrentLinkedQueue<>();
        device.hold();
        List<CompletableFuture<Void>> callbacks = new ArrayList<>();
        for (CompletableFuture<LogReceipt> future : log(100)) {
            callbacks.add(future.thenAccept(receipt -> {
                threads.add(Thread.currentThread().getName());
                sequences.add(receipt.sequence());
            }));
        }
        device.letGo();
        callbacks.forEach(callback -> join(callback));
        assertThat(threads).containsOnly("asynclog-completion");
        assertThat(sequences)
                .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
    }

    @Test
    void theThreadParksWhenNobodyWaits() {
        join(log());
        Thread thread = device.thread();
        assertThat(thread).isNotNull().matches(Thread::isDaemon);
        await().atMost(DEADLINE).until(() -> thread.getState() == Thread.State.WAITING);
    }

    @Test
    void stopServesThoseWhoWaitWithALastRound() throws InterruptedException {
        device.hold();
        CompletableFuture<LogReceipt> first = log();
        device.awaitForce();
        CompletableFuture<LogReceipt> last = log();
        Thread stopper = new Thread(() -> commit.stop(DEADLINE.toNanos()));
        stopper.start();
        await().atMost(DEADLINE).until(() -> stopper.getState() == Thread.State.TIMED_WAITING);
        device.letGo();
        stopper.join(DEADLINE.toMillis());

        join(first);
        assertThat(join(last)).isEqualTo(stored(1));
        assertThat(device.forces()).isEqualTo(2);
        assertThat(device.thread()).matches(thread -> !thread.isAlive());
    }

    @Test
    void stopFailsThoseWhoseForceHangs() throws InterruptedException {
        device.hold();
        CompletableFuture<LogReceipt> first = log();
        device.awaitForce();
        CompletableFuture<LogReceipt> second = log();
        commit.stop(TimeUnit.MILLISECONDS.toNanos(10));

        assertThat(failureOf(first))
                .isInstanceOf(LogStoreException.class)
                .hasMessage("Record 0 may not be on the device: the engine stopped before a force");
        assertThat(failureOf(second)).isInstanceOf(LogStoreException.class);
        device.letGo();
        await().atMost(DEADLINE).until(() -> !device.thread().isAlive());
        assertThat(device.forces()).isEqualTo(1);
    }

    @Test
    void interruptThatAnErrorHandlerLeavesHarmsNoFurtherForce() {
        GroupCommit interrupted =
                new GroupCommit(device::force, endOfLog::get, completions, (message, cause) -> Thread.currentThread()
                        .interrupt());
        device.failWith(refused);
        CompletableFuture<LogReceipt> failed = new CompletableFuture<>();
        interrupted.register(0, failed);
        assertThat(failureOf(failed)).hasCause(refused);
        device.failWith(null);
        CompletableFuture<LogReceipt> next = new CompletableFuture<>();
        interrupted.register(endOfLog.incrementAndGet(), next);

        assertThat(join(next)).isEqualTo(stored(endOfLog.get()));
        assertThat(device.wasInterrupted()).isFalse();
        interrupted.stop(DEADLINE.toNanos());
    }

    @Test
    void stopByAnInterruptedThreadDoesNotWait() throws InterruptedException {
        device.hold();
        CompletableFuture<LogReceipt> future = log();
        device.awaitForce();
        Thread.currentThread().interrupt();
        commit.stop(DEADLINE.toNanos());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failureOf(future)).isInstanceOf(LogStoreException.class);
    }

    @Test
    void whoComesAfterTheStopFails() {
        commit.stop(DEADLINE.toNanos());
        assertThat(failureOf(log())).isInstanceOf(LogStoreException.class);
        completions.stop(DEADLINE.toNanos());
        CompletableFuture<LogReceipt> late = log();
        assertThat(late).isDone();
        assertThat(failureOf(late)).isInstanceOf(LogStoreException.class);
        assertThat(device.forces()).isZero();
    }

    @Test
    void aSystemWithoutThreadsFailsTheFutures() {
        GroupCommit threadless = new GroupCommit(device::force, endOfLog::get, completions, errors, () -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        CompletableFuture<LogReceipt> future = new CompletableFuture<>();
        threadless.register(0, future);
        assertThat(failureOf(future)).isInstanceOf(LogStoreException.class).hasCauseInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void noFutureIsLeftWhenManyThreadsLogWhileTheEngineStops() throws InterruptedException {
        ConcurrentLinkedQueue<CompletableFuture<LogReceipt>> futures = new ConcurrentLinkedQueue<>();
        CountDownLatch warm = new CountDownLatch(400);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 2000; n++) {
                    futures.add(log());
                    warm.countDown();
                }
            });
            thread.start();
            threads.add(thread);
        }
        Latches.await(warm);
        commit.stop(DEADLINE.toNanos());
        for (Thread thread : threads) {
            thread.join(DEADLINE.toMillis());
        }
        completions.stop(DEADLINE.toNanos());
        assertThat(futures).hasSize(8000);
        await().atMost(DEADLINE).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
        assertThat(device.forces()).isLessThan(8000);
    }
}
