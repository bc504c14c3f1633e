package io.asynclog.benchmarks;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

/**
 * How many of its calls each thread knows to have returned. In a mapped file they outlive the process, at whatever
 * moment it is killed.
 */
final class CallCounts {
    /** Between the counts of two threads, so that none shares a cache line with another. */
    private static final int SPACING_BYTES = 64;

    private static final VarHandle COUNTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final ByteBuffer counts;

    private CallCounts(ByteBuffer counts) {
        this.counts = counts;
    }

    /** Creates counts that end with the process. */
    static CallCounts inMemory(int threads) {
        return new CallCounts(ByteBuffer.allocateDirect(threads * SPACING_BYTES));
    }

    /** Creates counts in a file of that folder. */
    static CallCounts create(Path folder, int threads) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(threads * SPACING_BYTES);
        try (FileChannel file = FileChannel.open(
                path(folder), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            while (zeros.hasRemaining()) {
                int ignored = file.write(zeros);
            }
            file.force(true); // so that no force of what is measured has this file's places to write as well
            return new CallCounts(file.map(FileChannel.MapMode.READ_WRITE, 0, file.size()));
        }
    }

    /** Returns the counts that a process left in that folder. */
    static CallCounts read(Path folder) throws IOException {
        try (FileChannel file = FileChannel.open(path(folder), StandardOpenOption.READ)) {
            return new CallCounts(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()));
        }
    }

    private static Path path(Path folder) {
        return folder.resolve("counts.dat");
    }

    int threads() {
        return counts.capacity() / SPACING_BYTES;
    }

    int get(int thread) {
        return (int) COUNTS.getAcquire(counts, thread * SPACING_BYTES);
    }

    /** Called by that thread, before it makes the next call. */
    void set(int thread, int count) {
        // Release: stored no earlier than what the call has stored, or a record would count that is not there yet.
        COUNTS.setRelease(counts, thread * SPACING_BYTES, count);
    }

    /** Returns how many calls of all threads have returned. */
    long sum() {
        return IntStream.range(0, threads()).mapToLong(this::get).sum();
    }
}
