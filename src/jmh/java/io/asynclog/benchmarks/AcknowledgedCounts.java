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
 * How many of its records each thread knows to be safe. In a mapped file they outlive the process, at whatever moment
 * it is killed.
 */
final class AcknowledgedCounts {
    private static final VarHandle COUNTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final ByteBuffer counts;

    private AcknowledgedCounts(ByteBuffer counts) {
        this.counts = counts;
    }

    /** Creates counts that end with the process. */
    static AcknowledgedCounts inMemory(int threads) {
        return new AcknowledgedCounts(ByteBuffer.allocateDirect(threads * Integer.BYTES));
    }

    /** Creates counts in a file of that folder. */
    static AcknowledgedCounts create(Path folder, int threads) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(threads * Integer.BYTES);
        try (FileChannel file = FileChannel.open(
                path(folder), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            while (zeros.hasRemaining()) {
                int ignored = file.write(zeros);
            }
            file.force(true); // so that no force of what is measured has this file's places to write as well
            return new AcknowledgedCounts(file.map(FileChannel.MapMode.READ_WRITE, 0, file.size()));
        }
    }

    /** Returns the counts that a process left in that folder. */
    static AcknowledgedCounts read(Path folder) throws IOException {
        try (FileChannel file = FileChannel.open(path(folder), StandardOpenOption.READ)) {
            return new AcknowledgedCounts(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()));
        }
    }

    private static Path path(Path folder) {
        return folder.resolve("acknowledged.dat");
    }

    int threads() {
        return counts.capacity() / Integer.BYTES;
    }

    int get(int thread) {
        return (int) COUNTS.getAcquire(counts, thread * Integer.BYTES);
    }

    /** Called by that thread, before it logs the next record. */
    void set(int thread, int count) {
        // Release: stored no earlier than what the call has stored, or a record would count that is not there yet.
        COUNTS.setRelease(counts, thread * Integer.BYTES, count);
    }

    /** Returns how many records all threads know to be safe. */
    long sum() {
        return IntStream.range(0, threads()).mapToLong(this::get).sum();
    }
}
