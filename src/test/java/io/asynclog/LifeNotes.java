package io.asynclog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a process that is going to be killed notes in a mapped file: how far its start has come, and how many records of
 * each producer were logged by calls that have returned. A note is there, whenever the process dies, once it was taken.
 */
final class LifeNotes {
    /** The engine is about to be built, which recovers the log. */
    static final long BUILDING = 1;
    /** The engine is about to be initialized, which opens the sinks and resumes them. */
    static final long INITIALIZING = 2;

    static final long RUNNING = 3;

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int SPACING = 64;

    private final MappedByteBuffer notes;
    private final int producers;

    LifeNotes(Path file, int producers) {
        this.producers = producers;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            notes = channel.map(FileChannel.MapMode.READ_WRITE, 0, (1L + producers) * SPACING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void phase(long phase) {
        put(0, phase);
    }

    long phase() {
        return get(0);
    }

    /** Notes how many calls of a producer have returned. Release: not before the stores of the last of them. */
    void returned(int producer, long count) {
        put((1 + producer) * SPACING, count);
    }

    long returned(int producer) {
        return get((1 + producer) * SPACING);
    }

    long returned() {
        long sum = 0;
        for (int producer = 0; producer < producers; producer++) {
            sum += returned(producer);
        }
        return sum;
    }

    private void put(int at, long value) {
        LONG.setRelease(notes, at, value);
    }

    private long get(int at) {
        return (long) LONG.getAcquire(notes, at);
    }
}
