package io.asynclog.sink;

import io.asynclog.LogRecord;
import io.asynclog.layout.FakeRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Random;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The child process of {@link FileKillTest}: writes records into a folder and says how far it is, until it is killed. */
final class KilledWriter {
    private KilledWriter() {}

    static FileOptions options(Path folder) {
        return FileOptions.defaults()
                .withPath(folder.resolve("app.log"))
                .withPattern("%m%n")
                .withMaxFileSize(150_000);
    }

    /** Takes the folder, and the sequences of the first record to write and of the one behind the last. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int next = Integer.parseInt(args[1]);
        int end = Integer.parseInt(args[2]);
        RollingFileSink sink = new RollingFileSink(options(folder), (message, cause) -> {});
        sink.resumeFrom(new MappedCheckpoint(folder.resolve("checkpoint")));
        sink.open();
        Random random = new Random(next);
        while (next < end) {
            int count = Math.min(1 + random.nextInt(3000), end - next);
            LogRecord[] records = new LogRecord[count];
            for (int i = 0; i < count; i++) {
                records[i] = new FakeRecord()
                        .sequence(next + i)
                        .at(Instant.now().toString())
                        .message("record " + (next + i) + " " + "x".repeat((next + i) % 90));
            }
            sink.flush(FakeBatch.of(records));
            next += count;
            System.out.println(next);
        }
        sink.close();
    }

    /** Two places that are written in turn; what was being written when the process died does not fit its check sum. */
    private static final class MappedCheckpoint implements Checkpoint {
        private static final int PLACE_SIZE = Long.BYTES + Long.BYTES + Integer.BYTES + MAX_LENGTH;

        private final MappedByteBuffer places;
        private long number;

        MappedCheckpoint(Path path) throws IOException {
            try (FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                places = file.map(FileChannel.MapMode.READ_WRITE, 0, 2 * PLACE_SIZE);
            }
        }

        @Override
        public byte @Nullable [] load() {
            byte[] latest = null;
            for (int i = 0; i < 2; i++) {
                ByteBuffer place = places.slice(i * PLACE_SIZE, PLACE_SIZE);
                long sum = place.getLong();
                long placeNumber = place.getLong();
                byte[] state = new byte[Math.min(MAX_LENGTH, Math.max(0, place.getInt()))];
                place.get(state);
                if (placeNumber > number && sum == sum(placeNumber, state)) {
                    number = placeNumber;
                    latest = state;
                }
            }
            return latest;
        }

        @Override
        public void save(byte[] state) {
            number++;
            ByteBuffer place = places.slice((int) (number & 1) * PLACE_SIZE, PLACE_SIZE);
            place.putLong(sum(number, state))
                    .putLong(number)
                    .putInt(state.length)
                    .put(state);
        }

        private static long sum(long number, byte[] state) {
            CRC32 sum = new CRC32();
            sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
            sum.update(state);
            return sum.getValue();
        }
    }
}
