package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/**
 * Damage at random places of the files of a killed process. Each time the next one starts, delivers every record of
 * which no byte was touched, reads none that was, reports what is missing, and goes on with new records.
 */
class CorruptionIT {
    private static final int ROUNDS = Integer.getInteger("corruption.rounds", 2_000);
    private static final int RECORDS = 300;
    private static final String SINK = "sink";

    @TempDir
    private Path folder;

    private final Map<String, byte[]> image = new HashMap<>();
    private long passed;
    private final List<Place> places = new ArrayList<>();

    /** Where a record lies. */
    private record Place(long sequence, String file, int from, int to) {}

    @BeforeEach
    void makeImage() throws IOException {
        Path left;
        try (MappedFixture engine = new MappedFixture(folder.resolve("original"))) {
            Cursor cursor = engine.cursor(SINK);
            engine.buffer.cursorsOpened(true);
            engine.pushNumbered(RECORDS);
            while (cursor.sequence() < 48) {
                cursor.read(Level.TRACE, true);
                cursor.attempt(cursor.batch());
                cursor.pass();
            }
            passed = cursor.sequence();
            left = engine.kill(folder.resolve("left"));
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(left)) {
            for (Path file : files) {
                image.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        image.keySet().stream().filter(name -> name.startsWith("segment-")).forEach(this::locate);
        assertThat(places).hasSizeGreaterThanOrEqualTo(RECORDS - (int) passed);
    }

    private void locate(String file) {
        byte[] bytes = image.get(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int end = bytes.length - FileFormat.SEGMENT_FOOTER;
        for (int at = FileFormat.SEGMENT_HEADER; at < end && buffer.getInt(at) != 0; ) {
            int length = buffer.getInt(at);
            if (length > 0) {
                places.add(new Place(buffer.getLong(at + 8), file, at, at + length));
            }
            at += Math.abs(length);
        }
    }

    @AfterEach
    void clean() throws IOException {
        image.clear();
    }

    @Test
    void everyIntactRecordIsDeliveredAndNoOther() throws IOException {
        long seed = Long.getLong("corruption.seed", System.nanoTime());
        for (int round = 0; round < ROUNDS; round++) {
            Damage damage = new Damage(new Random(seed + round), image);
            Path directory = folder.resolve("round");
            damage.write(directory);
            try {
                check(damage, directory);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + (seed + round) + ", " + damage, failure);
            }
            delete(directory);
        }
    }

    private void check(Damage damage, Path directory) {
        try (MappedFixture next = new MappedFixture(directory)) {
            Cursor cursor = next.cursor(SINK);
            long first = next.buffer.nextSequence();
            next.pushNumbered(40);
            List<Long> delivered = MappedFixture.drain(cursor);
            assertThat(delivered).isSorted().doesNotHaveDuplicates();
            TreeSet<Long> missing = new TreeSet<>(damage.intact(places, passed));
            missing.removeAll(delivered);
            assertThat(missing).as("intact and not delivered").isEmpty();
            for (long i = first; i < first + 40; i++) {
                assertThat(delivered).contains(i);
            }
            long old = delivered.stream().filter(sequence -> sequence < RECORDS).count();
            if (old < RECORDS - passed) {
                assertThat(next.reports).as("reports").isNotEmpty();
            }
            assertThat(cursor.recovered()).isEqualTo(delivered.size() - 40);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One to three faults in the files of an image. */
    private static final class Damage {
        private final Map<String, byte[]> files = new HashMap<>();
        private final Map<String, byte[]> image;
        private final List<String> faults = new ArrayList<>();

        Damage(Random random, Map<String, byte[]> image) {
            this.image = image;
            image.forEach((name, bytes) -> files.put(name, bytes.clone()));
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                List<String> names = files.keySet().stream().sorted().toList();
                damage(names.get(random.nextInt(names.size())), random);
            }
        }

        private void damage(String name, Random random) {
            byte[] bytes = files.get(name);
            if (bytes.length == 0) {
                return;
            }
            int at = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 16 : 5000));
            int kind = random.nextInt(10);
            if (kind < 5) {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                faults.add("flip at " + at + " of " + name);
            } else if (kind < 7) {
                Arrays.fill(bytes, at, to, (byte) 0);
                faults.add("zeros from " + at + " to " + to + " of " + name);
            } else if (kind == 7) {
                byte[] garbage = new byte[to - at];
                random.nextBytes(garbage);
                System.arraycopy(garbage, 0, bytes, at, garbage.length);
                faults.add("garbage from " + at + " to " + to + " of " + name);
            } else if (kind == 8) {
                files.put(name, Arrays.copyOf(bytes, at));
                faults.add("cut at " + at + " of " + name);
            } else {
                files.remove(name);
                faults.add("deleted " + name);
            }
        }

        void write(Path directory) throws IOException {
            Files.createDirectories(directory);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(directory.resolve(file.getKey()), file.getValue());
            }
        }

        /**
         * Returns the records that the sink has not passed and of which no byte was touched, in files with a header.
         */
        List<Long> intact(List<Place> places, long passed) {
            return places.stream()
                    .filter(place -> place.sequence() >= passed)
                    .filter(place -> isUntouched(place.file(), place.from(), place.to()))
                    .filter(place -> hasHeader(place.file()))
                    .map(Place::sequence)
                    .toList();
        }

        private boolean hasHeader(String file) {
            int length = image.get(file).length;
            return isUntouched(file, 0, FileFormat.SEGMENT_FOOTER)
                    || isUntouched(file, length - FileFormat.SEGMENT_FOOTER, length);
        }

        private boolean isUntouched(String file, int from, int to) {
            byte[] bytes = files.get(file);
            return bytes != null && bytes.length >= to && Arrays.equals(bytes, from, to, image.get(file), from, to);
        }

        @Override
        public String toString() {
            return faults.toString();
        }
    }
}
