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

    /**
     * The encoder of the thread is full of an earlier record. The stack ends at another place of a number, or of a text
     * that is copied as a whole, in each run.
     */
    @ParameterizedTest
    @ValueSource(ints = {192, 200, 216, 256})
    void stackOverflowInANestedValueShowsNothingOfAnEarlierRecord(int stackKilobytes) throws InterruptedException {
        String text = "The text is copied as a whole, as it is so long.";
        Object[] nested = {};
        for (int i = 0; i < 100_000; i++) {
            Object value = i % 100 == 0 ? text : 1_234_567_890_123L;
            nested = i % 10 == 0 ? new Object[] {value, nested} : new Object[] {nested}; // or the record would be full
        }
        Object[] deepest = nested;
        try (EngineFixture engine = new EngineFixture()) {
            for (int run = 0; run < 40; run++) {
                int padding = run;
                Thread deep = new Thread(
                        null,
                        () -> {
                            engine.log.info("!\n".repeat(30_000));
                            padded(padding, () -> engine.log.info("nested {}", (Object) deepest));
                        },
                        "deep",
                        stackKilobytes * 1024L);
                deep.start();
                deep.join();
            }
            join(engine.log.infoAsync("after"));

            assertThat(engine.sink.messages())
                    .filteredOn(message -> message.startsWith("nested"))
                    .hasSize(40)
                    .allSatisfy(message -> assertThat(message.replace(text, "")
                                    .replace("1234567890123", "")
                                    .replace("[FAILED toString()]", "")
                                    .replaceAll("[\\[\\], ]", ""))
                            .isEqualTo("nested"));
        }
    }

    private static void padded(int depth, Runnable action) {
        if (depth == 0) {
            action.run();
        } else {
            padded(depth - 1, action);
        }
    }
}
