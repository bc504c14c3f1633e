package io.asynclog.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.jmx.RingBufferAdmin;

/**
 * Log4j2 with all loggers asynchronous (LMAX Disruptor), garbage-free, and the settings that its manual gives for
 * throughput: <a href="https://logging.apache.org/log4j/2.x/manual/async.html">asynchronous loggers</a>.
 */
final class Log4jSubject implements Subject {
    /** Both subjects write the same line. */
    static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%t] %logger : %m%n";

    private static final long POLL_NANOS = 1_000_000;

    private final Logger logger = LogManager.getLogger("com.example.orders.OrderService");

    static List<String> jvmArguments(Path file) {
        return List.of(
                "-Dlog4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector",
                "-Dlog4j2.asyncLoggerRingBufferSize=262144",
                "-Dlog4j2.asyncLoggerWaitStrategy=" + System.getProperty("log4j2.wait", "Timeout"),
                "-Dlog4j2.enableThreadlocals=true",
                "-Dlog4j2.enableDirectEncoders=true",
                "-Dlog4j2.configurationFile=log4j2-file.xml",
                "-Dbenchmark.file=" + file,
                "-Dbenchmark.pattern=" + PATTERN);
    }

    @Override
    public void log(String phase, String customer, String account) {
        logger.info("{} order of {} charged to {}", phase, customer, account);
    }

    @Override
    public void drain() {
        AsyncLoggerContext context = (AsyncLoggerContext) LogManager.getContext(false);
        RingBufferAdmin ring = context.createRingBufferAdmin();
        while (ring.getRemainingCapacity() < ring.getBufferSize()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void stop() {
        LogManager.shutdown();
    }
}
