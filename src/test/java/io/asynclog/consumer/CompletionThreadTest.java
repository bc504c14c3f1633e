package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.Latches;
import io.asynclog.RecordedErrors;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompletionThreadTest {
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    /** Who did each piece. */
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    /** All who ever looked for work. */
    private final Set<Thread> looking = ConcurrentHashMap.newKeySet();

    private final RecordedErrors errors = new RecordedErrors();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CompletionThread completion = new CompletionThread(
            new CompletionThread.Work() {
                @Override
                public boolean doNext() {
                    looking.add(Thread.currentThread());
                    Runnable next = work.poll();
                    if (next != null) {
                        threads.add(Thread.currentThread());
                        next.run();
                    }
                    return next != null;
                }

                @Override
                public boolean mayBeThere() {
                    return !work.isEmpty();
                }
            },
            null,
            errors);

    @AfterEach
    void letGo() {
        never.countDown();
        completion.stop(DEADLINE.toNanos());
    }

    /** A piece of work that says when it has begun, and ends when it is told to. */
    private static final class Piece implements Runnable {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch end;

        Piece(CountDownLatch end) {
            this.end = end;
        }

        @Override
        public void run() {
            begun.countDown();
            Latches.await(end);
        }
    }

    private Piece add(CountDownLatch end) {
        Piece piece = new Piece(end);
        work.add(piece);
        completion.wake();
        return piece;
    }

    @Test
    void threadThatIsBusyAllTheTimeIsNotReplaced() {
        for (int i = 0; i < 20; i++) {
            CountDownLatch end = new CountDownLatch(1);
            Piece piece = add(end);
            Latches.await(piece.begun);
            completion.watch(); // a piece is under way at each look, but not the same
            Piece next = add(never);
            work.clear();
            assertThat(next.begun.getCount()).isOne();
            end.countDown();
        }
        await().atMost(DEADLINE).until(() -> threads.size() == 20);
        assertThat(threads).containsOnly(threads.get(0));
    }

    @Test
    void threadThatHasNothingToDoIsNotReplaced() {
        CountDownLatch open = new CountDownLatch(0);
        Piece one = add(open);
        Latches.await(one.begun);
        await().atMost(DEADLINE).until(() -> threads.get(0).getState() == Thread.State.WAITING);
        for (int i = 0; i < 5; i++) {
            completion.watch();
        }
        Piece two = add(open);
        Latches.await(two.begun);

        assertThat(threads.get(1)).isSameAs(threads.get(0));
        assertThat(looking).hasSize(1);
    }

    @Test
    void threadThatACallbackKeepsIsReplacedOnceAndServedByTheNextAtOnce() {
        Piece hanging = add(never);
        Latches.await(hanging.begun);
        completion.watch();
        completion.watch();
        await().atMost(DEADLINE)
                .until(() -> looking.size() == 2
                        && looking.stream()
                                .filter(thread -> thread != threads.get(0))
                                .allMatch(thread -> thread.getState() == Thread.State.WAITING));
        for (int i = 0; i < 5; i++) {
            completion.watch();
        }
        CountDownLatch open = new CountDownLatch(0);
        Piece one = add(open);
        Latches.await(one.begun);
        await().atMost(DEADLINE).until(() -> threads.get(1).getState() == Thread.State.WAITING);
        Piece two = add(open); // nobody looks once a second here
        Latches.await(two.begun);

        assertThat(threads.get(1)).isNotSameAs(threads.get(0)).isSameAs(threads.get(2));
        assertThat(looking).hasSize(2);
        never.countDown();
        await().atMost(DEADLINE).until(() -> !threads.get(0).isAlive());
    }

    @Test
    void whatIsBehindSeveralCallbacksThatHangIsDoneAtTheEnd() {
        Piece first = add(never);
        Piece second = add(never);
        Piece third = add(never);
        Piece last = add(never);
        completion.stop(TimeUnit.MILLISECONDS.toNanos(200));

        Latches.await(first.begun);
        Latches.await(second.begun);
        Latches.await(third.begun);
        Latches.await(last.begun);
    }

    @Test
    void callbacksThatReturnAreWaitedForAtTheEndThoughTheyTakeLongerThanTheGraceTogether() {
        int count = 45;
        for (int i = 0; i < count; i++) {
            work.add(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)));
        }
        completion.stop(TimeUnit.SECONDS.toNanos(4));

        assertThat(threads).hasSize(count).containsOnly(threads.get(0));
    }

    @Test
    void callbacksThatHangAreToldOnceAndKeepABoundedNumberOfThreads() {
        for (int i = 0; i < 40; i++) {
            add(never);
        }
        for (int i = 0; i < 100; i++) {
            completion.watch();
            int begun = Math.min(17, 1 + i / 2); // each is seen twice before it is left alone
            await().atMost(DEADLINE)
                    .until(() -> threads.size() >= begun
                            && threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        }
        assertThat(threads).hasSize(17);
        assertThat(errors.messages()).hasSize(2);
        assertThat(errors.messages().get(0)).contains("keeps its thread", "Latches.await");
        assertThat(errors.messages().get(1)).contains("keep 17 threads; the other futures wait", "Latches.await");

        never.countDown();
        await().atMost(DEADLINE).until(() -> {
            completion.watch();
            return errors.messages().size() == 4;
        });
        assertThat(errors.messages().subList(2, 4)).allMatch(message -> message.startsWith("No longer: "));
        await().atMost(DEADLINE).until(work::isEmpty);
    }

    @Test
    void threadOutlivesAWantOfMemory() {
        work.add(() -> {
            throw new OutOfMemoryError("nothing left");
        });
        Piece piece = add(new CountDownLatch(0));

        Latches.await(piece.begun);
    }
}
