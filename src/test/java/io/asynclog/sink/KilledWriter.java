package io.asynclog.sink;

import io.asynclog.internal.Checkpoint;
import io.asynclog.layout.FakeRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The child process of {@link FileKillTest}: writes records into a folder and says how far it is, until it is killed.
 */
final class KilledWriter {
    private static final int MAX_BATCH = 4000;
    private static final String PADDING = "x".repeat(90);

    private KilledWriter() {}

    static String message(int number) {
        return "record " + number + PADDING.substring(number % 90);
    }

    static FileOptions options(Path folder) {
        return FileOptions.to(folder.resolve("app.log")).withPattern("%m%n").withMaxFileSize(150_000);
    }

    /** Takes the folder, and the sequences of the first record to write and of the one behind the last. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int next = Integer.parseInt(args[1]);
        int end = Integer.parseInt(args[2]);
        RollingFileSink sink = new RollingFileSink(options(folder), (message, cause) -> {});
        sink.resumeFrom(new MappedCheckpoint(folder.resolve("checkpoint")));
        sink.open();
        FakeRecord[] records =
                new FakeRecord[MAX_BATCH]; // again and again, so that most of the time goes into the file
        String now = Instant.now().toString();
        Arrays.setAll(records, i -> new FakeRecord().at(now));
        Random random = new Random(next);
        while (next < end) {
            int count = Math.min(1 + random.nextInt(MAX_BATCH), end - next);
            for (int i = 0; i < count; i++) {
                records[i].sequence(next + i).message(message(next + i));
            }
            sink.flush(FakeBatch.of(Arrays.copyOf(records, count)));
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
