package io.asynclog.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;

/**
 * Chronicle Queue with its defaults: each caller renders its line and appends it as an excerpt of its own to a
 * memory-mapped file, from which it is read back. What an application would do that must lose nothing when its process
 * dies.
 */
final class ChronicleSubject implements Subject {
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    /** With an appender for each thread, the more threads there are the more they wait for the queue's own lock. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ThreadLocal<Caller> callers = ThreadLocal.withInitial(Caller::new);

    private ChronicleSubject(Path file) {
        queue = open(file);
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true); // the lock lets one in at a time
    }

    static Setup queue() {
        return Setup.of(
                        "chronicle",
                        Libraries.named("chronicle-queue")
                                + "; an excerpt a line, which the caller renders; one appender under a lock",
                        (file, buffer) -> new ChronicleSubject(file))
                .withJvmArguments(ChronicleJournal.JVM_ARGUMENTS)
                .withReader(ChronicleSubject::read)
                .thatIsDurable();
    }

    private static ChronicleQueue open(Path file) {
        return ChronicleQueue.single(file.resolveSibling("queue").toString());
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        Caller caller = callers.get();
        caller.render(user, order, cents, address);
        lock.lock();
        try {
            appender.writeBytes(caller.excerpt);
        } finally {
            lock.unlock();
        }
    }

    /** There is nothing to wait for: what was appended is in the file. */
    @Override
    public void drain() {}

    @Override
    public void close() {
        queue.close();
    }

    private static void read(Path file, long from, LineCheck check) {
        byte[] line = new byte[LineRenderer.LONGEST];
        Bytes<byte[]> excerpt = Bytes.wrapForWrite(line);
        try (ChronicleQueue queue = open(file);
                ExcerptTailer tailer = queue.createTailer()) {
            while (tailer.readBytes(excerpt)) {
                check.accept(line, 0, (int) excerpt.writePosition() - 1);
                excerpt.clear();
            }
        }
    }

    /** What a thread needs to render. */
    private static final class Caller {
        private final LineRenderer renderer = new LineRenderer();
        private final byte[] line = new byte[LineRenderer.LONGEST];
        private final Bytes<byte[]> excerpt = Bytes.wrapForWrite(line);

        void render(String user, int order, int cents, String address) {
            int length = renderer.render(line, 0, user, order, cents, address);
            excerpt.readPositionRemaining(0, length);
        }
    }
}
