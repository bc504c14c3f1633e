package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts services, one after the other on the same directories, and kills each at a moment of its own. */
final class Crashes {
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(60);
    private static final int MOST_RECORDS = 20_000;
    private static final Pattern FAILURE = Pattern.compile("asynclog: Sink 'failing' failed and is retried: .*");
    /** A call that had claimed its place and not returned. */
    private static final Pattern UNFINISHED = Pattern.compile(
            "asynclog: Segment file .*: left by log calls that had not returned when the process ended.*");

    private final Path folder;
    private final FileOptions.Sync sync;
    private final Random random = new Random();
    private int lives;
    private int killedWhileRecovering;
    private int killedWhileInitializing;
    private int killedWhileRolling;
    /** How long the last start took that was not cut short. */
    private long startNanos = 30_000_000;

    Crashes(Path folder, FileOptions.Sync sync) {
        this.folder = folder;
        this.sync = sync;
    }

    int lives() {
        return lives;
    }

    void killOnce() {
        try (ChildJvm service = start(false, random.nextBoolean())) {
            LifeNotes notes = notes();
            service.await(() -> notes.phase() >= LifeNotes.BUILDING, LONGEST_LIFE);
            int kind = random.nextInt(10);
            if (kind < 4) {
                service.await(isOver((long) (random.nextDouble() * startNanos)), LONGEST_LIFE);
            } else {
                long begin = System.nanoTime();
                service.await(() -> notes.phase() == LifeNotes.RUNNING, LONGEST_LIFE);
                startNanos = System.nanoTime() - begin;
                service.await(kind < 7 ? hasLogged(notes) : isRolling(), LONGEST_LIFE);
                killedWhileRolling += kind < 7 ? 0 : 1;
            }
            service.kill();
            killedWhileRecovering += notes.phase() == LifeNotes.BUILDING ? 1 : 0;
            killedWhileInitializing += notes.phase() == LifeNotes.INITIALIZING ? 1 : 0;
        }
    }

    private static BooleanSupplier isOver(long nanos) {
        long begin = System.nanoTime();
        return () -> System.nanoTime() - begin >= nanos;
    }

    private BooleanSupplier hasLogged(LifeNotes notes) {
        int records = random.nextInt(MOST_RECORDS);
        return () -> notes.returned() >= records;
    }

    /** The moment after the file was renamed; what comes before and behind it lies within some microseconds of that. */
    private BooleanSupplier isRolling() {
        Object key = fileKey();
        return () -> !Objects.equals(fileKey(), key);
    }

    private @Nullable Object fileKey() {
        try {
            return Files.readAttributes(CrashedService.log(folder), BasicFileAttributes.class)
                    .fileKey();
        } catch (IOException renamed) {
            return null;
        }
    }

    /** Has a last service deliver everything and end in order. */
    void endInOrder() {
        try (ChildJvm service = start(true, random.nextBoolean())) {
            String said = service.awaitEnd(LONGEST_LIFE);
            String report = said.substring(said.lastIndexOf("accepted "));
            assertThat(report)
                    .contains("dropped 0 in")
                    .contains("; failing flushed")
                    .doesNotContainPattern("left [1-9]|lost [1-9]");
        }
    }

    /** Kills a service that logs before it is initialized, and is not yet. */
    void killWhileStarting() {
        try (ChildJvm service = start(false, true)) {
            LifeNotes notes = notes();
            int records = random.nextInt(1000);
            service.await(() -> notes.returned() >= records, LONGEST_LIFE);
            service.kill();
        }
    }

    private ChildJvm start(boolean last, boolean early) {
        lives++;
        return ChildJvm.start(
                ChildJvm.command("64m", CrashedService.class, folder, lives, last, early, sync), output());
    }

    private LifeNotes notes() {
        return new LifeNotes(CrashedService.notes(folder, lives), Numbered.PRODUCERS);
    }

    private Path output() {
        return folder.resolve("output");
    }

    /** Asserts that some were killed at each of the moments that matter; of few, there may be none by chance. */
    void assertKilledAtEveryMoment() {
        assertThat(killedWhileRecovering + killedWhileInitializing)
                .as("killed while they started")
                .isPositive();
        assertThat(killedWhileRolling).as("killed while the file was rolled").isPositive();
    }

    /** Returns what the engines said of damage, or loss, or anything but what comes of being killed and of the sink. */
    List<String> unexpectedReports() {
        return said(line -> !FAILURE.matcher(line).matches()
                && !UNFINISHED.matcher(line).matches()
                && !line.startsWith("accepted "));
    }

    private List<String> said(Predicate<String> which) {
        try (Stream<String> lines = Files.lines(output())) {
            return lines.filter(which).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return killedWhileRecovering + " killed while they recovered, " + killedWhileInitializing
                + " while they were initialized, " + killedWhileRolling + " while the file was rolled, "
                + said(UNFINISHED.asMatchPredicate()).size() + " places of calls under way";
    }
}
