package io.asynclog;

import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeepRecursionTest {
    private static final int RUNS = 4;

    /**
     * The stack may overflow at any instruction of a log call, between claim and publish too; whatever becomes of the
     * record, no place may be left unpublished, or every sink would stop there for good. While the stack unwinds, every
     * frame logs: so the overflow comes at every depth of the call.
     */
    @ParameterizedTest
    @ValueSource(ints = {192, 256, 512})
    void stackOverflowInALogCallLeavesNoHole(int stackKilobytes) throws InterruptedException {
        try (EngineFixture engine = new EngineFixture()) {
            // A class whose initialization overflows the stack is lost to the JVM, whatever its author does.
            join(engine.log.infoAsync("before {}", 1));
            for (int run = 0; run < RUNS; run++) {
                int padding = run;
                Thread deep = new Thread(null, () -> pad(padding, engine.log), "deep", stackKilobytes * 1024L);
                deep.start();
                deep.join();
            }

            join(engine.log.infoAsync("after"));
            assertThat(engine.sink.messages()).hasSizeGreaterThan(1).endsWith("after");
            engine.assertLedgerIsExact();
        }
    }

    /** Shifts the place at which the stack ends. */
    private static void pad(int depth, AsyncLogger log) {
        if (depth == 0) {
            recurse(log);
        } else {
            pad(depth - 1, log);
        }
    }

    @SuppressWarnings("InfiniteRecursion") // it is to overflow
    private static void recurse(AsyncLogger log) {
        try {
            recurse(log);
        } catch (StackOverflowError overflow) {
            log.info("x");
        }
    }

    @Test
    void argumentWhoseToStringLogsItselfEndsWithItsText() {
        try (EngineFixture engine = new EngineFixture()) {
            Object selfLogging = new Object() {
                @Override
                public String toString() {
                    engine.log.info("inner {}", this);
                    return "self";
                }
            };
            engine.log.info("outer {}", selfLogging);
            join(engine.log.infoAsync("after"));
            assertThat(engine.sink.messages()).contains("outer self").endsWith("after");
        }
    }

    @Test
    void deeplyNestedArrayDoesNotReachTheCallerAsAnError() {
        Object[] nested = {};
        for (int i = 0; i < 100_000; i++) {
            nested = new Object[] {nested};
        }
        Object[] deepest = nested;
        try (EngineFixture engine = new EngineFixture()) {
            assertThatCode(() -> engine.log.info("{}", (Object) deepest)).doesNotThrowAnyException();
        }
    }
}
