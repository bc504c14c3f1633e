package io.asynclog.benchmarks;

import java.nio.file.Path;
import org.tinylog.Logger;
import org.tinylog.TaggedLogger;
import org.tinylog.provider.ProviderRegistry;

/**
 * tinylog with its writing thread, configured by {@code tinylog.properties}. The name of the logger is a tag, since
 * otherwise each call would look for its class on the stack.
 */
final class TinylogSubject implements Subject {
    private final Path file;
    private final TaggedLogger logger = Logger.tag(OrderLine.LOGGER);

    private TinylogSubject(Path file) {
        this.file = file;
    }

    static Setup writingThread() {
        return Setup.of(
                        "tinylog",
                        Libraries.named("tinylog-impl")
                                + "; writing thread, buffered file writer; its queue has no bound: a heap for all records, parallel collector",
                        (file, buffer) -> new TinylogSubject(file))
                .withoutBound()
                .withShare(0.5);
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        logger.info(OrderLine.MESSAGE, user, order, cents, address);
    }

    @Override
    public void drain() {
        FileEnd.await(file, logger::info);
    }

    @Override
    public void close() throws InterruptedException {
        ProviderRegistry.getLoggingProvider().shutdown();
    }
}
