package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.buffer.BufferOptions;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.sink.ConsoleOptions;
import io.asynclog.sink.FileOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Records that are logged when the engine is stopped. */
class LateRecordTest {
    @TempDir
    Path folder;

    @Test
    void recordOfAThreadThatIsInterruptedIsWrittenToo() throws IOException {
        Path file = folder.resolve("late.log");
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder().file(FileOptions.to(file)));
        engine.close();
        Thread.currentThread().interrupt();
        engine.log.info("told to end with {} jobs left", 3);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readString(file)).contains("told to end with 3 jobs left");
    }

    @Test
    void recordBelowTheLevelOfASinkIsNotWrittenToIt() throws IOException {
        Path file = folder.resolve("late.log");
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder()
                .file(FileOptions.to(file))
                .sinkOptions("file", SinkOptions.defaults().withLevel(Level.WARN)));
        engine.close();
        engine.log.info("tidied up");
        engine.log.warn("not all is tidied up");

        assertThat(Files.readString(file)).contains("not all is tidied up");
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(engine.manager.status().tooLate()).isEqualTo(2);
    }

    @Test
    void threadThatIsInterruptedShutsDownWithoutLosingRecords() {
        EngineFixture engine = new EngineFixture();
        engine.sink.doFirst(batch -> awaitStopping(engine)); // so that nothing is drained before
        for (int i = 0; i < 10_000; i++) {
            engine.log.info("m");
        }
        Thread.currentThread().interrupt();
        ShutdownReport report = engine.manager.shutdown(Duration.ofSeconds(20));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.isComplete()).isTrue();
        assertThat(engine.sink.records()).hasSize(10_000);
    }

    @Test
    void consoleThatLogsDoesNotAnswerItself() {
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder().console(ConsoleOptions.defaults()));
        engine.close();
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                engine.log.info("the console was written");
            }
        });
        try {
            engine.log.info("late");
        } finally {
            System.setOut(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("late").doesNotContain("was written");
        assertThat(engine.errors.messages()).isEmpty();
    }

    @Test
    void consoleThatHangsCostsLateRecordsOneBoundedWaitAndNotOneEach() {
        int records = 20;
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder().console(ConsoleOptions.defaults()));
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<Thread> writer = new AtomicReference<>();
        PrintStream before = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                writer.compareAndSet(null, Thread.currentThread());
                hanging.countDown();
                Latches.await(goOn); // whoever interrupts it
            }
        });
        try {
            engine.log.info("hangs");
            Latches.await(hanging);
            await().atMost(EngineFixture.DEADLINE).until(() -> writer.get().getState() == Thread.State.TIMED_WAITING);
            ShutdownReport ignored = engine.manager.shutdown(Duration.ofMillis(1));
            long begin = System.nanoTime();
            for (int i = 0; i < records; i++) {
                engine.log.info("late");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(records / 2));
        } finally {
            goOn.countDown();
            System.setOut(before);
        }

        assertThat(engine.errors.messages())
                .anySatisfy(message -> assertThat(message)
                        .startsWith("Sink 'console' is stopped in a flush, at ")
                        .contains("Latches.await"))
                .filteredOn(message -> message.startsWith("Sink 'console' hangs; a record that came after shutdown"))
                .hasSize(records);
    }

    @Test
    void errorOfASinkIsNotTheCallers() {
        AtomicBoolean closed = new AtomicBoolean();
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder().console(ConsoleOptions.defaults()));
        engine.close();
        PrintStream before = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                closed.set(true);
                throw new NoClassDefFoundError("gone with the application");
            }
        });
        try {
            engine.log.info("late");
        } finally {
            System.setOut(before);
        }

        assertThat(closed).isTrue();
        assertThat(engine.errors.messages())
                .anySatisfy(message -> assertThat(message).startsWith("Sink 'console' failed to write a record"));
    }

    @Test
    void futuresOfParkedRecordsThatAreNotWrittenInTimeFailAllTheSameWhateverHangsOnThem() {
        CountDownLatch never = new CountDownLatch(1);
        TaskScheduler neverRuns = new TaskScheduler() {
            @Override
            public <T> CompletableFuture<T> execute(Callable<T> task) {
                return new CompletableFuture<>();
            }

            @Override
            public <T> CompletableFuture<T> schedule(Callable<T> task, Duration delay) {
                return new CompletableFuture<>();
            }

            @Override
            public void close() {}
        };
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder()
                .scheduler(neverRuns)
                .bufferOptions(BufferOptions.defaults()
                        .withSegmentSize(64 * 1024)
                        .withMaxSize(128 * 1024)
                        .withMaxWait(Duration.ofHours(1))));
        engine.pause("collecting");
        List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            futures.add(engine.log.infoAsync("x".repeat(200)));
        }
        int parked = (int) engine.manager.status().buffer().accepted();
        assertThat(futures.get(parked)).isNotDone();
        for (CompletableFuture<LogReceipt> future : futures.subList(parked, parked + 3)) {
            CompletableFuture<LogReceipt> hanging = future.whenComplete((receipt, failure) -> Latches.await(never));
            assertThat(hanging).isNotDone();
        }
        ShutdownReport ignored = engine.manager.shutdown(Duration.ofMillis(1));

        assertThat(futures).allMatch(CompletableFuture::isDone);
        never.countDown();
        assertThat(futures)
                .filteredOn(CompletableFuture::isCompletedExceptionally) // the paused sink may have drained some
                .extracting(EngineFixture::failureOf)
                .hasAtLeastOneElementOfType(LogShutdownException.class);
    }

    @Test
    void sinkThatShutsTheEngineDownDoesNotWaitForItself() {
        AtomicBoolean interrupted = new AtomicBoolean(true);
        CountDownLatch done = new CountDownLatch(1);
        EngineFixture engine = new EngineFixture();
        engine.sink.doFirst(batch -> {
            ShutdownReport ignored = engine.manager.shutdown(Duration.ofHours(1));
            interrupted.set(Thread.currentThread().isInterrupted());
            done.countDown();
        });
        engine.log.info("the last word");

        await().atMost(EngineFixture.DEADLINE).until(() -> done.getCount() == 0);
        assertThat(interrupted).isFalse();
    }

    private static void awaitStopping(EngineFixture engine) {
        while (engine.manager.status().state() == AsyncLogStatus.State.RUNNING) {
            Thread.onSpinWait();
        }
    }
}
