package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.asynclog.buffer.BufferOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 50_000;
    /** What the measurement itself, or a compilation in the midst of it, may cost: far less than one byte a call. */
    private static final long TOLERANCE_BYTES = 4096;

    private enum Call {
        TEXT {
            @Override
            void log(AsyncLogger log) {
                log.info("order accepted");
            }
        },
        ONE_ARGUMENT {
            @Override
            void log(AsyncLogger log) {
                log.info("order {} accepted", "4711");
            }
        },
        TWO_ARGUMENTS {
            @Override
            void log(AsyncLogger log) {
                log.info("order {} of {} accepted", "4711", "the customer with the long name");
            }
        },
        THREE_ARGUMENTS {
            @Override
            void log(AsyncLogger log) {
                log.info("order {} of {} accepted in {}", "4711", "the customer with the löng name", "Köln");
            }
        },
        DISABLED {
            @Override
            void log(AsyncLogger log) {
                log.debug("order {} of {} accepted in {}", "4711", "customer", "place");
            }
        };

        abstract void log(AsyncLogger log);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void callAllocatesNothing(Call call) {
        assertAllocatesNothing(call, BufferOptions.defaults());
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void callIntoFilesAllocatesNothing(Call call, @TempDir Path folder) {
        assertAllocatesNothing(call, BufferOptions.defaults().withDirectory(folder.resolve("buffer")));
    }

    private static void assertAllocatesNothing(Call call, BufferOptions options) {
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(options)
                .sink("counting", batch -> {})
                .build()) {
            manager.initialize();
            AsyncLogger log = manager.getLogger("test");
            long allocated = Long.MAX_VALUE;
            // The first rounds warm up: encoders grow, templates are parsed, segments made, the JIT compiler has its
            // say.
            for (int round = 0; round < 20 && allocated > TOLERANCE_BYTES; round++) {
                long before =
                        THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
                for (int i = 0; i < CALLS; i++) {
                    call.log(log);
                }
                allocated =
                        THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
                EngineFixture.join(log.flushAsync());
            }
            assertThat(allocated).isLessThanOrEqualTo(TOLERANCE_BYTES);
        }
    }
}
