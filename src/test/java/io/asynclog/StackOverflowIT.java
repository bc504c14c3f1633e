package io.asynclog;

import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.buffer.BufferOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unlike in {@link DeepRecursionTest} the code is compiled, and the buffer is full over and over again. */
class StackOverflowIT {
    private static final int ENGINES = 4;
    private static final int SEGMENT_SIZE = 64 * 1024;
    private static final String MESSAGE = "a record of which twenty fill a segment ".repeat(75);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stackThatEndsWhereRoomIsMadeLeavesTheBufferWhole(boolean awaited) throws InterruptedException {
        for (int engines = 0; engines < ENGINES; engines++) {
            BufferOptions options = BufferOptions.mapped(directory.resolve(awaited + "-" + engines))
                    .withSegmentSize(SEGMENT_SIZE)
                    .withMaxSize(4 * SEGMENT_SIZE)
                    .withMaxRecordSize(8 * 1024)
                    .withMaxWait(Duration.ofMillis(200));
            try (EngineFixture engine =
                    new EngineFixture(AsyncLogManager.builder().bufferOptions(options))) {
                // A class whose initialization overflows the stack is lost to the JVM, whatever its author does.
                join(engine.log.infoAsync("before"));
                for (int i = 0; i < 2_000; i++) {
                    engine.log.info(MESSAGE);
                }
                for (int stackKilobytes : new int[] {192, 256, 512}) {
                    overflow(engine.log, awaited, stackKilobytes * 1024L);
                }

                // What breaks off while it wakes a sink is made up for by the housekeeping.
                await().atMost(EngineFixture.DEADLINE).until(() -> isFlushed(engine.log.infoAsync("after")));
                join(engine.log.flushAsync());
                assertThat(engine.sink.messages()).endsWith("after");
                engine.assertLedgerIsExact();
            }
        }
    }

    private static void overflow(AsyncLogger log, boolean awaited, long stackSize) throws InterruptedException {
        Overflow overflow = new Overflow(log, awaited);
        Thread deep = new Thread(null, overflow, "deep", stackSize);
        deep.start();
        deep.join();
        assertThat(overflow.ended).isTrue();
        assertThat(overflow.brokenOff).isPositive();
        assertThat(overflow.left).isZero();
    }

    private static boolean isFlushed(CompletableFuture<?> acknowledged) {
        return acknowledged.handle((flushed, failure) -> failure == null).join();
    }

    /** Uses its stack up; while that unwinds, every frame logs, so the stack ends at every depth of the call. */
    private static final class Overflow implements Runnable {
        private final AsyncLogger log;
        private final boolean awaited;
        private int left = 200;
        private int brokenOff;
        private boolean ended;

        Overflow(AsyncLogger log, boolean awaited) {
            this.log = log;
            this.awaited = awaited;
        }

        @Override
        public void run() {
            try {
                recurse();
            } catch (StackOverflowError atLast) {
                ended = true;
            }
        }

        @SuppressWarnings("InfiniteRecursion") // it is to overflow
        private void recurse() {
            try {
                recurse();
            } catch (StackOverflowError overflow) {
                if (left > 0) {
                    brokenOff++;
                    log();
                    brokenOff--;
                    left--;
                }
                throw overflow;
            }
        }

        private void log() {
            if (awaited) {
                CompletableFuture<?> ignored = log.infoAsync(MESSAGE);
            } else {
                log.info(MESSAGE);
            }
        }
    }
}
