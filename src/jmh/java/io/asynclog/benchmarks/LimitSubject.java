package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * No logger at all: one thread that puts lines into a chunk of 256 KiB and writes it when it is full. What a single
 * thread can reach on this machine.
 */
final class LimitSubject implements Subject {
    private static final int CHUNK_BYTES = 256 << 10;

    private final FileChannel channel;
    private final Line line;
    private final byte[] bytes = new byte[CHUNK_BYTES];
    private final ByteBuffer chunk = ByteBuffer.wrap(bytes);
    private int filled;

    private LimitSubject(Path file, Line line) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.line = line;
    }

    static Setup format() {
        return Setup.of(
                        "limit-format",
                        "no logger: one thread formats the lines and writes the file in chunks of 256 KiB",
                        (file, buffer) -> new LimitSubject(
                                file, (into, at, user, order, cents, address) -> LineRenderer.ofThisThread()
                                        .render(into, at, user, order, cents, address)))
                .forOneProducer();
    }

    static Setup copy() {
        return Setup.of(
                        "limit-copy",
                        "no logger: one thread copies a finished line, puts in its number, and writes in chunks of 256 KiB",
                        (file, buffer) -> new LimitSubject(file, new FinishedLine()))
                .forOneProducer();
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        if (bytes.length - filled < LineRenderer.LONGEST) {
            drain();
        }
        filled = line.put(bytes, filled, user, order, cents, address);
    }

    @Override
    public void drain() {
        try {
            chunk.position(0).limit(filled);
            while (chunk.hasRemaining()) {
                int ignored = channel.write(chunk);
            }
            filled = 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Puts a line into the chunk, and returns the place behind it. */
    @FunctionalInterface
    private interface Line {
        int put(byte[] into, int at, String user, int order, int cents, String address);
    }

    /** A line that is rendered once for a user; then only its two numbers change. */
    private static final class FinishedLine implements Line {
        private String user = "";
        private byte[] line = {};
        private int orderAt;
        private int centsAt;

        @Override
        public int put(byte[] into, int at, String user, int order, int cents, String address) {
            if (!user.equals(this.user)) {
                render(user, address);
            }
            System.arraycopy(line, 0, into, at, line.length);
            LineRenderer.put(order, into, at + orderAt);
            LineRenderer.put(cents, into, at + centsAt);
            return at + line.length;
        }

        private void render(String newUser, String address) {
            user = newUser;
            line = new LineRenderer().newLine(user, OrderLine.SMALLEST, OrderLine.SMALLEST, address);
            centsAt = line.length - (" cents from " + address + "\n").length() - 4;
            orderAt = centsAt - " for ".length() - 4;
        }
    }
}
