package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a record knows of its caller without being told. */
class CallerContextTest {
    @Test
    void recordHasTheTimeAndTheThreadOfTheCall() throws InterruptedException {
        try (EngineFixture engine = new EngineFixture()) {
            Instant before = Instant.now();
            Thread caller = new Thread(() -> engine.log.info("m"), "käller-1");
            caller.start();
            caller.join();
            LogRecord record = engine.only();
            assertThat(record.threadName()).isEqualTo("käller-1");
            assertThat(record.timestamp())
                    .isBetween(before.minus(5, ChronoUnit.MILLIS), Instant.now().plus(5, ChronoUnit.MILLIS));
        }
    }

    @Test
    void longThreadNameIsCut() throws InterruptedException {
        try (EngineFixture engine = new EngineFixture()) {
            Thread caller = new Thread(() -> engine.log.info("m"), "t".repeat(1000));
            caller.start();
            caller.join();
            assertThat(engine.only().threadName()).startsWith("ttt").hasSizeLessThan(200);
            assertThat(engine.only().message()).isEqualTo("m");
        }
    }

    @Test
    void unnamedVirtualThreadIsCalledByItsId() throws ReflectiveOperationException, InterruptedException {
        Method startVirtualThread = Arrays.stream(Thread.class.getMethods())
                .filter(method -> method.getName().equals("startVirtualThread"))
                .findFirst()
                .orElse(null);
        assumeTrue(startVirtualThread != null, "this JVM has no virtual threads");
        try (EngineFixture engine = new EngineFixture()) {
            Thread caller = (Thread) startVirtualThread.invoke(null, (Runnable) () -> engine.log.info("m"));
            caller.join();
            assertThat(engine.only().threadName()).isEqualTo("virtual-" + caller.getId());
        }
    }

    @Test
    void recordsAreNumberedInTheOrderOfOneThread() {
        try (EngineFixture engine = new EngineFixture()) {
            for (int i = 0; i < 10_000; i++) {
                engine.log.info("{}", i);
            }
            assertThat(engine.flushed()).hasSize(10_000).allSatisfy(record -> assertThat(record.message())
                    .isEqualTo(Long.toString(record.sequence())));
        }
    }
}
