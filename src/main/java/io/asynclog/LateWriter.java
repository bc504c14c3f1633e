package io.asynclog;

import io.asynclog.buffer.RecordEncoder;
import io.asynclog.buffer.SegmentBatch;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Writes records that came too late for the sinks to the engine's own ones, console and file, on the calling thread:
 * those logged after shutdown, and those that still waited for room in the buffer then. The other sinks are gone by
 * then.
 */
final class LateWriter {
    /** A sink that still hangs in its last flush must not hold a caller for ever. */
    private static final long MAX_WAIT_MILLIS = 1000;

    private final Function<String, @Nullable Level> levels;
    private final ErrorHandler errors;
    private final List<OwnSink> sinks = new ArrayList<>();
    private final LongAdder count = new LongAdder();

    /**
     * Creates a writer.
     *
     * @param levels tells the level below which records do not go to a sink, by its name; null when it has none
     */
    LateWriter(Function<String, @Nullable Level> levels, ErrorHandler errors) {
        this.levels = levels;
        this.errors = errors;
    }

    /**
     * Adds one of the engine's own sinks, before any record is late.
     *
     * @param closing closes the sink; a later flush opens it again
     * @return what the sink's loop is to call in its place
     */
    FlushFunction add(String name, FlushFunction sink, Closeable closing) {
        OwnSink own = new OwnSink(name, sink, closing);
        sinks.removeIf(other -> other.name.equals(name)); // of an attempt to start that failed
        sinks.add(own);
        return own;
    }

    /** Writes a record to the sinks that it has the level for, and says where to: words that go on from "it was ". */
    String write(RecordEncoder record) {
        count.increment();
        List<String> written = new ArrayList<>();
        for (OwnSink sink : sinks) {
            Level lowest = levels.apply(sink.name);
            if ((lowest == null || record.isAtLeast(lowest)) && sink.writeLate(record)) {
                written.add(sink.name);
            }
        }
        return written.isEmpty() ? "written nowhere" : "written at once to " + String.join(" and ", written);
    }

    /** Returns how many records came too late. */
    long count() {
        return count.sum();
    }

    /** Closes the sinks; a late record opens them again for itself. */
    void close() {
        sinks.forEach(OwnSink::close);
    }

    /** One of the engine's own sinks, shared between its loop and late callers: one at a time. */
    private final class OwnSink implements FlushFunction {
        private final String name;
        private final FlushFunction function;
        private final Closeable closing;
        private final ReentrantLock lock = new ReentrantLock();
        /** Whether a late caller has waited in vain: the next do not, until one gets in. Volatile: any thread's. */
        private volatile boolean hangs;

        OwnSink(String name, FlushFunction function, Closeable closing) {
            this.name = name;
            this.function = function;
            this.closing = closing;
        }

        @Override
        public void flush(LogBatch batch) throws Exception {
            lock.lock();
            try {
                function.flush(batch);
            } finally {
                lock.unlock();
            }
        }

        /** Writes for a thread that is interrupted, too: who is told to end has something to say. */
        boolean writeLate(RecordEncoder record) {
            if (lock.isHeldByCurrentThread()) {
                return false; // logged by the sink in a flush: it would answer its own records without end
            }
            boolean interrupted = Thread.interrupted();
            try {
                if (!enter()) {
                    errors.report(
                            "Sink '" + name + "' hangs; a record that came after shutdown is not written to it", null);
                    return false;
                }
                try {
                    function.flush(SegmentBatch.of(record));
                    closing.close();
                    return true;
                } finally {
                    lock.unlock();
                }
            } catch (InterruptedException meanwhile) {
                interrupted = true;
                errors.report("A record that came after shutdown is not written to sink '" + name + "'", meanwhile);
            } catch (
                    Throwable failure) { // an Error, too, is the sink's and not the caller's: a class that is gone, say
                errors.report("Sink '" + name + "' failed to write a record that came after shutdown", failure);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            return false;
        }

        /** Takes the lock, if it is to be had: a sink that hangs costs one bounded wait, and not one for each call. */
        private boolean enter() throws InterruptedException {
            if (lock.tryLock()) {
                hangs = false;
                return true;
            }
            if (hangs) { // looked at after the attempt: whoever is in there may just have found that it goes on
                return false;
            }
            boolean entered = lock.tryLock(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            hangs = !entered;
            return entered;
        }

        void close() {
            if (!lock.tryLock()) {
                return; // it hangs in its last flush
            }
            try {
                closing.close();
            } catch (Exception failure) {
                errors.report("Sink '" + name + "' failed to close", failure);
            } finally {
                lock.unlock();
            }
        }
    }
}
