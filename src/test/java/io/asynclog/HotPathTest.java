package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.buffer.BufferOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the JVM's Flight Recorder sees of threads that log at the same time, while the buffer has room: nothing. A lock
 * that all of them took would make one wait for another, and an allocation would use up the memory that the thread has
 * at hand.
 *
 * <p>{@link AllocationTest} is the exact one on allocation; here an event tells where it is.
 */
class HotPathTest {
    /**
     * More than there are processors, so that a thread is interrupted within a call now and then, with what it holds.
     */
    private static final int PRODUCERS = 4;

    private static final int CALLS = 2_000;
    private static final int ROUNDS = 10;
    private static final LogCall[] KINDS = LogCall.values();
    private static final List<String> WAITS = List.of(
            "jdk.JavaMonitorEnter",
            "jdk.JavaMonitorWait",
            "jdk.ThreadPark",
            "jdk.ThreadSleep",
            "jdk.VirtualThreadPinned");
    private static final List<String> ALLOCATIONS =
            List.of("jdk.ObjectAllocationInNewTLAB", "jdk.ObjectAllocationOutsideTLAB");

    /**
     * One segment takes all that a round logs: a call that goes over to the next takes a lock, once in some thousands.
     */
    private static final BufferOptions ONE_SEGMENT =
            BufferOptions.defaults().withSegmentSize(32 << 20).withMaxSize(64 << 20);

    @TempDir
    Path folder;

    @Test
    void callNeitherWaitsNorAllocates() throws Exception {
        List<RecordedEvent> allocations = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            List<RecordedEvent> events = record(folder.resolve(round + ".jfr"));
            assertThat(describe(events, WAITS))
                    .as("waits on the way of a log call")
                    .isEmpty();
            // In the first rounds the JIT compiler has not yet had its say.
            allocations = events;
            if (describe(events, ALLOCATIONS).isEmpty()) {
                break;
            }
        }
        assertThat(describe(allocations, ALLOCATIONS))
                .as("allocations on the way of a log call")
                .isEmpty();
    }

    /** Returns the events of threads that logged, within a log call. */
    private static List<RecordedEvent> record(Path file) throws IOException, InterruptedException {
        try (AsyncLogManager manager = AsyncLogManager.builder()
                        .bufferOptions(ONE_SEGMENT)
                        .sink("counting", batch -> {})
                        .build();
                Recording recording = new Recording()) {
            manager.initialize();
            AsyncLogger log = manager.getLogger("test");
            logAll(log, 1); // the first calls of all load classes, which takes locks of the JVM
            CountDownLatch warm = new CountDownLatch(PRODUCERS);
            CountDownLatch recorded = new CountDownLatch(1);
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                Thread producer = new Thread(() -> {
                    logAll(log, CALLS); // the engine makes an encoder, and the JDK what it renders fractions with
                    warm.countDown();
                    Latches.await(recorded);
                    logAll(log, CALLS);
                });
                producers.add(producer);
                producer.start();
            }
            warm.await();
            WAITS.forEach(event ->
                    recording.enable(event).withThreshold(Duration.ZERO).withStackTrace());
            ALLOCATIONS.forEach(event -> recording.enable(event).withStackTrace());
            recording.start();
            recorded.countDown();
            for (Thread producer : producers) {
                producer.join();
            }
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(HotPathTest::isWithinACall)
                .toList();
    }

    private static void logAll(AsyncLogger log, int times) {
        for (int i = 0; i < times; i++) {
            for (LogCall kind : KINDS) {
                kind.log(log);
            }
        }
    }

    private static boolean isWithinACall(RecordedEvent event) {
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .anyMatch(frame -> frame.getMethod().getType().getName().startsWith(LogCall.class.getName()));
    }

    private static List<String> describe(List<RecordedEvent> events, List<String> types) {
        return events.stream()
                .filter(event -> types.contains(event.getEventType().getName()))
                .map(event -> event.getEventType().getName() + " at " + frames(event))
                .distinct()
                .toList();
    }

    private static List<String> frames(RecordedEvent event) {
        return event.getStackTrace().getFrames().stream()
                .limit(8)
                .map(HotPathTest::describe)
                .toList();
    }

    private static String describe(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName() + ":" + frame.getLineNumber();
    }
}
