package io.asynclog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.UUID;

/**
 * A sink that fails every other time, before it has done anything, in the midst of it, or when all is done. It keeps in
 * a file what it did, batch by batch: a head that says whose records these are and whether the batch was marked as one
 * that may repeat some, then a line for each record.
 */
final class FailingHalfTheTime implements FlushFunction {
    static final String HEAD = "batch";

    private final FileChannel file;
    private final Random random = new Random();

    FailingHalfTheTime(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void flush(LogBatch batch) throws IOException {
        boolean fails = random.nextBoolean();
        int count = fails ? random.nextInt(batch.size() + 1) : batch.size();
        UUID instance = batch.iterator().next().instance();
        StringBuilder text = new StringBuilder()
                .append(HEAD + " ")
                .append(instance)
                .append(' ')
                .append(batch.redelivered())
                .append('\n');
        int i = 0;
        for (LogRecord record : batch) {
            if (!record.instance().equals(instance)) {
                throw new AssertionError(record.instance() + " among records of " + instance);
            }
            if (i++ < count) {
                text.append(record.sequence())
                        .append(' ')
                        .append(record.message())
                        .append('\n');
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        if (fails) {
            throw new IOException("By chance");
        }
    }
}
