package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The pages that a file in memory is going to take. A virtual machine may get them from its host only when they are
 * written for the first time, and lose them again some time after they were freed: then writing takes five times as
 * long, and what is measured is the host.
 */
final class Pages {
    private static final String IN_MEMORY = "tmpfs";
    private static final int CHUNK_BYTES = 1 << 20;

    private Pages() {}

    /** Writes as many megabytes and frees them, so that what is written next gets these pages; nothing on a disk. */
    static void touch(Path folder, long megabytes) throws IOException {
        if (!Files.getFileStore(folder).type().equals(IN_MEMORY)) {
            return;
        }
        Path file = Files.createTempFile(folder, "asynclog-pages", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
            for (long i = 0; i < megabytes; i++) {
                int ignored = channel.write(chunk.clear());
            }
        } finally {
            Files.delete(file);
        }
    }
}
