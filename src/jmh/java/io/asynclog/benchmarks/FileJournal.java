package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A file that is written and forced through its channel: {@code write}, then {@code fdatasync}. */
final class FileJournal implements Journal {
    private final FileChannel channel;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(1 << 20);

    FileJournal(Path folder) throws IOException {
        channel = FileChannel.open(path(folder), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    static Path path(Path folder) {
        return folder.resolve("benchmark.log");
    }

    static void read(Path folder, Consumer<String> lines) throws IOException {
        try (Stream<String> all = Files.lines(path(folder))) {
            all.forEach(lines);
        }
    }

    @Override
    public void append(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        if (pending.remaining() <= bytes.length) {
            write();
        }
        pending.put(bytes).put((byte) '\n');
    }

    @Override
    public void force() throws IOException {
        write();
        channel.force(false);
    }

    private void write() throws IOException {
        pending.flip();
        while (pending.hasRemaining()) {
            int ignored = channel.write(pending);
        }
        pending.clear();
    }
}
