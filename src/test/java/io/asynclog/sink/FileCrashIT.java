package io.asynclog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.LogRecord;
import io.asynclog.layout.FakeRecord;
import io.asynclog.sink.FileOptions.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process that dies, at every place where it can, and one that goes on: the files have every record once, in order,
 * and no torn line. Dying before an effect is dying after the one before; a roll's rename lies between closing the old
 * file and opening the new one.
 */
class FileCrashIT {
    private static final String NOON = "2026-03-29T12:00:00Z";
    private static final int RECORDS = 12;

    @TempDir
    Path folders;

    @ParameterizedTest
    @CsvSource({"0, NEVER", "4, FLUSH", "100, NEVER"})
    void everyRecordIsThereOnceWhereverTheProcessDies(int lag, Sync sync) throws IOException {
        int death = 0;
        for (boolean died = true; died; death++) {
            Service service = new Service("death-" + death, sync);
            service.cursorLag = lag;
            died = !service.live(new Lifetime(death));
            service.goOnForGood();

            assertThat(service.lines()).as("death before effect %s", death).isEqualTo(messages(RECORDS));
        }
        assertThat(death).isGreaterThan(50);
    }

    @Test
    void everyRecordIsThereOnceWhereverTheRecoveryDies() throws IOException {
        for (int death = 0; death < 60; death++) {
            for (int again = 0; again < 12; again++) {
                Service service = new Service("death-" + death + "-" + again, Sync.NEVER);
                service.cursorLag = 2;
                service.live(new Lifetime(death));
                service.live(new Lifetime(again));
                service.goOnForGood();

                assertThat(service.lines())
                        .as("deaths before effects %s and %s", death, again)
                        .isEqualTo(messages(RECORDS));
            }
        }
    }

    @Test
    void everyRecordIsThereOnceAfterManyDeathsAndFailures() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Service service = new Service("seed-" + seed, Sync.NEVER);
            for (int life = 0; life < 15; life++) {
                service.cursorLag = random.nextInt(4);
                service.disk.longestWrite = 1 + random.nextInt(400);
                service.disk.room = random.nextInt(3) == 0 ? FaultyDisk.ENDLESS : random.nextInt(3000);
                service.disk.truncateFails = random.nextInt(3) == 0;
                service.disk.openFails = random.nextInt(6) == 0;
                service.live(new Lifetime(random.nextInt(30)));
            }
            service.disk.room = FaultyDisk.ENDLESS;
            service.disk.truncateFails = false;
            service.disk.openFails = false;
            service.goOnForGood();

            assertThat(service.lines()).as("seed %s", seed).isEqualTo(messages(RECORDS));
        }
    }

    @Test
    void nothingIsLostWhenTheMachineDies() throws IOException {
        for (int death = 0; death < 60; death++) {
            Service service = new Service("death-" + death, Sync.NEVER);
            service.live(new Lifetime(death));
            service.boot = "another";
            service.loseUnforced(death * 7);
            service.passed = 0;
            service.goOnForGood();

            assertThat(service.lines()).as("death before effect %s", death).containsAll(messages(RECORDS));
        }
    }

    private static List<String> messages(int count) {
        return IntStream.range(0, count).mapToObj(FileCrashIT::message).toList();
    }

    private static String message(int number) {
        return "record " + number + " " + "x".repeat(290 + 5 * number);
    }

    /** A log, its file and its checkpoint, which a number of processes work on in turn. */
    private final class Service {
        private final Path folder;
        private final FileOptions options;
        private final FakeCheckpoint checkpoint = new FakeCheckpoint();
        private final FaultyDisk disk = new FaultyDisk();
        private String boot = "boot";
        /** Up to where the log knows that the sink has taken the records. */
        private int passed;
        /** By how many records that knowledge is behind when the process dies. */
        private int cursorLag;

        Service(String name, Sync sync) {
            folder = folders.resolve(name);
            options = FileOptions.to(folder.resolve("app.log"))
                    .withPattern("%m%n")
                    .withMaxFileSize(1024)
                    .withSync(sync);
            disk.longestWrite = 170; // cuts lines, wherever they begin
        }

        /** Delivers all records, as far as the process lives and the disk allows, and returns whether it has. */
        boolean live(Lifetime lifetime) throws IOException {
            disk.beforeEffect = lifetime::effect;
            checkpoint.beforeEffect = lifetime::effect;
            if (Files.exists(options.path())) {
                Files.setLastModifiedTime(options.path(), FileTime.from(Instant.parse(NOON)));
            }
            RollingFileSink sink =
                    new RollingFileSink(options, (message, cause) -> {}, new ManualClock(NOON, "UTC"), disk, task -> {
                        lifetime.effect();
                        task.run();
                    });
            sink.resumeFrom(checkpoint, boot);
            try {
                deliver(sink);
                return true;
            } catch (Lifetime.Death death) {
                passed = Math.max(0, passed - cursorLag);
                return false;
            }
        }

        private void deliver(RollingFileSink sink) throws IOException {
            for (int attempt = 0; attempt < 6; attempt++) {
                try {
                    sink.open();
                    while (passed < RECORDS) {
                        int end = Math.min(passed + 5, RECORDS);
                        sink.flush(batch(passed, end));
                        passed = end;
                    }
                    sink.close();
                    return;
                } catch (IOException failure) {
                    // It comes again.
                }
            }
        }

        private FakeBatch batch(int begin, int end) {
            List<LogRecord> records = new ArrayList<>();
            for (int i = begin; i < end; i++) {
                records.add(new FakeRecord().sequence(i).at(NOON).message(message(i)));
            }
            return FakeBatch.of(records.toArray(new LogRecord[0]));
        }

        /** Lives until all records are out, and once more. */
        void goOnForGood() throws IOException {
            disk.longestWrite = Integer.MAX_VALUE;
            assertThat(live(Lifetime.endless())).isTrue();
            assertThat(passed).isEqualTo(RECORDS);
            passed = 3;
            live(Lifetime.endless());
        }

        /** Cuts the end of the file off, as a loss of power does. */
        void loseUnforced(int bytes) throws IOException {
            if (Files.exists(options.path())) {
                byte[] content = Files.readAllBytes(options.path());
                int kept = Math.max(0, content.length - bytes);
                Files.write(options.path(), Arrays.copyOf(content, kept));
            }
        }

        List<String> lines() {
            return new LogFolder(folder).allLines("app.log");
        }
    }
}
