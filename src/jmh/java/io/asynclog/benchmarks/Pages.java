package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The pages that files in memory are going to take. A virtual machine may get them from its host only when they are
 * written for the first time, and lose them again a moment after they were freed, all but a gigabyte say: then writing
 * takes ten times as long, and what is measured is the host. So as many as the measured lines take are held by another
 * file while the last round of the warm-up runs, and freed directly before the measurement: no more than a gigabyte, or
 * the host gets some of them back at once. A buffer in mapped files that grows meanwhile is not allowed for.
 *
 * @param folder of the files
 * @param bytes of the files
 */
record Pages(Path folder, long bytes) {
    private static final String IN_MEMORY = "tmpfs";
    private static final int CHUNK_BYTES = 1 << 20;
    /** Of up to 128, and a little more. */
    private static final int LINE_BYTES = 144;

    /** Returns those of a number of lines, be they of {@link OrderLine} or {@link JournalLine}. */
    static Pages forLines(Path folder, long lines) {
        return new Pages(folder, lines * LINE_BYTES);
    }

    /** Holds the pages while something runs, and frees them when it is done; on a disk there is nothing to hold. */
    void holdDuring(WarmUp.Round round) throws IOException, InterruptedException {
        if (Files.getFileStore(folder).type().equals(IN_MEMORY)) {
            holdInFileDuring(round);
        } else {
            round.run();
        }
    }

    /** Does so wherever the folder is. */
    void holdInFileDuring(WarmUp.Round round) throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "asynclog-pages", "");
        try {
            write(file);
            round.run();
        } finally {
            Files.delete(file);
        }
    }

    private void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
            long written = 0;
            while (written < bytes) {
                written += channel.write(chunk.clear());
            }
        }
    }
}
