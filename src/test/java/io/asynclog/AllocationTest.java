package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.sink.ConsoleOptions;
import io.asynclog.sink.ConsoleSink;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.LineFormat;
import io.asynclog.sink.RollingFileSink;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * The JVM counts to the byte what a thread allocates, so it is the counter that proves that a call allocates nothing.
 */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 50_000;
    private static final String ENCODING = "stdout.encoding";
    private static final String PATTERN =
            "%d{HH:mm:ss.SSS} %5p [%t] %correlationId%-40.40logger{39} : %m %kvp %X %X{user} %marker%n";
    private static final Marker AUDIT = MarkerFactory.getMarker("AUDIT");
    /** What the measurement itself, or a compilation in the midst of it, may cost: far less than one byte a call. */
    private static final long TOLERANCE_BYTES = 4096;

    @ParameterizedTest
    @EnumSource(LogCall.class)
    void callAllocatesNothing(LogCall call) {
        assertAllocates(0, call::log, BufferOptions.defaults());
    }

    @ParameterizedTest
    @EnumSource(LogCall.class)
    void callIntoFilesAllocatesNothing(LogCall call, @TempDir Path folder) {
        assertAllocates(0, call::log, BufferOptions.mapped(folder.resolve("buffer")));
    }

    /**
     * Java passes five and more arguments as an array that the caller makes for each call. The engine adds nothing to
     * it. The JIT compiler could leave it out only if it inlined the whole call.
     */
    @Test
    void callOfFiveArgumentsAllocatesNoMoreThanTheArrayOfItsCaller() {
        Object[][] kept = new Object[1][];
        long arrayBytes = allocatedBytes(() -> kept[0] = new Object[] {"1", "2", "3", "4", "5"}) / CALLS;

        assertThat(arrayBytes).isPositive();
        assertAllocates(
                arrayBytes,
                log -> log.info("{} of {} in {} by {} at {}", "1", "2", "3", "4", "5"),
                BufferOptions.defaults());
    }

    /** A primitive argument is boxed by its caller, unless the value is one of those that the JDK keeps boxed. */
    @Test
    void callOfAPrimitiveAllocatesNoMoreThanTheBoxOfItsCaller() {
        Object[] kept = new Object[1];
        int number = 4711;
        long boxBytes = allocatedBytes(() -> kept[0] = number) / CALLS;

        assertThat(boxBytes).isPositive();
        assertAllocates(boxBytes, log -> log.info("order {} accepted", number), BufferOptions.defaults());
        assertAllocates(0, log -> log.info("order {} accepted", 47), BufferOptions.defaults());
    }

    @Test
    void callWithAContextAllocatesNothing() {
        Map<String, String> context =
                new HashMap<>(Map.of("traceId", "4bf92f3577b34da6a3ce929d0e0e4736", "spanId", "00f067aa0ba902b7"));
        assertAllocates(
                0,
                log -> log.info("order {} accepted", "4711"),
                AsyncLogManager.builder().context(() -> context));
    }

    /** Each flush may cost something, so the records come in few. */
    @ParameterizedTest
    @EnumSource(LineFormat.class)
    void fileAllocatesNothingForARecord(LineFormat format, @TempDir Path folder) throws Exception {
        FileOptions options = FileOptions.to(folder.resolve("service.log"))
                .withMaxFileSize(1L << 40) // nothing in the folder is still being compressed when the test ends
                .withFormat(format)
                .withPattern(
                        "%d{HH:mm:ss.SSS} %5p [%t] %correlationId%-40.40logger{39} : %m %kvp %X %X{user} %marker%n");
        try (RollingFileSink file = new RollingFileSink(options, ErrorHandler.toStandardError())) {
            assertAllocatesNothingForARecord(file);
        }
    }

    @Test
    void consoleAllocatesNothingForARecord() throws Exception {
        PrintStream out = System.out;
        String encoding = System.getProperty(ENCODING);
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.setProperty(ENCODING, "UTF-8"); // tells before Java 18, when streams cannot
        try {
            assertAllocatesNothingForARecord(new ConsoleSink(
                    ConsoleOptions.defaults().withPattern(PATTERN).withColors(ConsoleOptions.ColorMode.NEVER)));
        } finally {
            System.setOut(out);
            if (encoding == null) {
                System.clearProperty(ENCODING);
            } else {
                System.setProperty(ENCODING, encoding);
            }
        }
    }

    private static void assertAllocatesNothingForARecord(FlushFunction output) {
        Map<String, String> context = Map.of("traceId", "4bf92f3577b34da6a3ce929d0e0e4736", "user", "müller");
        try (MeasuredSink sink = new MeasuredSink(output);
                AsyncLogManager manager = AsyncLogManager.builder()
                        .context(() -> context)
                        .sink("measured", sink)
                        .build()) {
            manager.initialize();
            AsyncLogger log = manager.getLogger("test");
            for (int round = 0; round < 20 && !sink.isFrugal(); round++) {
                sink.hold();
                for (int i = 0; i < CALLS; i++) {
                    log.atInfo().addMarker(AUDIT).addKeyValue("order", "4711").log("order {} accepted", "4711");
                }
                sink.letGo();
                EngineFixture.join(log.flushAsync());
            }
            assertThat(sink.isFrugal())
                    .as("%d bytes in %d flushes", sink.bytes.get(), sink.flushes.get())
                    .isTrue();
        }
    }

    /** Counts what another sink allocates, and can be made to wait so that records gather. */
    private static final class MeasuredSink implements FlushFunction, AutoCloseable {
        private static final long BYTES_A_FLUSH = 1024;

        private final FlushFunction sink;
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong flushes = new AtomicLong();

        MeasuredSink(FlushFunction sink) {
            this.sink = sink;
        }

        @Override
        public void flush(LogBatch batch) throws Exception {
            gate.await();
            long thread = Thread.currentThread().getId();
            long before = THREADS.getThreadAllocatedBytes(thread);
            sink.flush(batch);
            bytes.addAndGet(THREADS.getThreadAllocatedBytes(thread) - before);
            flushes.incrementAndGet();
        }

        void hold() {
            bytes.set(0);
            flushes.set(0);
            gate = new CountDownLatch(1);
        }

        void letGo() {
            gate.countDown();
        }

        /** Returns whether the last round cost what flushes may, and so little that no record can have cost any. */
        boolean isFrugal() {
            long limit = flushes.get() * BYTES_A_FLUSH + TOLERANCE_BYTES;
            return flushes.get() > 0 && bytes.get() <= limit && limit < CALLS * Long.BYTES;
        }

        @Override
        public void close() {
            letGo();
        }
    }

    private interface Call {
        void log(AsyncLogger log);
    }

    private static void assertAllocates(long bytesByCall, Call call, BufferOptions options) {
        assertAllocates(bytesByCall, call, AsyncLogManager.builder().bufferOptions(options));
    }

    private static void assertAllocates(long bytesByCall, Call call, AsyncLogManager.Builder builder) {
        try (AsyncLogManager manager = builder.sink("counting", batch -> {}).build()) {
            manager.initialize();
            AsyncLogger log = manager.getLogger("test");
            long limit = bytesByCall * CALLS + TOLERANCE_BYTES;
            long allocated = Long.MAX_VALUE;
            // The first rounds warm up: encoders grow, templates are parsed, segments made, the JIT compiler has its
            // say.
            for (int round = 0; round < 20 && allocated > limit; round++) {
                allocated = allocatedBytes(() -> call.log(log));
                EngineFixture.join(log.flushAsync());
            }
            assertThat(allocated).isLessThanOrEqualTo(limit);
        }
    }

    private static long allocatedBytes(Runnable call) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}
