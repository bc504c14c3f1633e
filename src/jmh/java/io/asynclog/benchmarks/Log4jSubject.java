package io.asynclog.benchmarks;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.jmx.RingBufferAdmin;

/**
 * Log4j2 with all loggers asynchronous, on the LMAX Disruptor, configured by {@code log4j2-file.xml}: see <a
 * href="https://logging.apache.org/log4j/2.x/manual/async.html">asynchronous loggers</a> in its manual.
 */
final class Log4jSubject implements Subject {
    private static final long POLL_NANOS = 500_000;
    private static final String ASYNC =
            "-Dlog4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector";
    private static final String CONFIGURATION = "-Dlog4j2.configurationFile=log4j2-file.xml";

    private final Logger logger = LogManager.getLogger(OrderLine.LOGGER);

    static Setup byDefault() {
        return Setup.of(
                        "log4j2-default",
                        libraries() + "; as in its manual: all loggers asynchronous, RandomAccessFile appender with"
                                + " immediateFlush=false",
                        (file, buffer) -> new Log4jSubject())
                .withJvmArguments(List.of(ASYNC, CONFIGURATION));
    }

    /** The best of many combinations of ring size and wait strategy. */
    static Setup best() {
        return Setup.of(
                        "log4j2-best",
                        libraries() + "; the same, garbage-free, wait strategy Yield, ring buffer of 4,096",
                        (file, buffer) -> new Log4jSubject())
                .withJvmArguments(List.of(
                        ASYNC,
                        CONFIGURATION,
                        "-Dlog4j2.asyncLoggerWaitStrategy=Yield",
                        "-Dlog4j2.asyncLoggerRingBufferSize=4096",
                        "-Dlog4j2.enableThreadlocals=true",
                        "-Dlog4j2.enableDirectEncoders=true"));
    }

    private static String libraries() {
        return Libraries.named("log4j-core") + ", " + Libraries.named("disruptor");
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        logger.info(OrderLine.MESSAGE, user, order, cents, address);
    }

    /** The ring buffer is empty only when the last batch has been flushed. */
    @Override
    public void drain() {
        AsyncLoggerContext context = (AsyncLoggerContext) LogManager.getContext(false);
        RingBufferAdmin ring = context.createRingBufferAdmin();
        while (ring.getRemainingCapacity() < ring.getBufferSize()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        LogManager.shutdown();
    }
}
