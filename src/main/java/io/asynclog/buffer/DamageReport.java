package io.asynclog.buffer;

import io.asynclog.ErrorHandler;
import io.asynclog.internal.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Tells of what is wrong with the files that an earlier process left, counts the records that are lost by it, and keeps
 * a copy of what is damaged for a human to look at. Safe for several threads.
 */
final class DamageReport {
    static final String DIRECTORY = "damaged";

    private final Path directory;
    private final ErrorHandler errors;
    private final Queue<String> untold = new ConcurrentLinkedQueue<>();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder unfinished = new LongAdder();

    DamageReport(Path directory, ErrorHandler errors) {
        this.directory = directory;
        this.errors = errors;
    }

    /** Notes records that are lost. */
    void lost(long records, String what) {
        damaged.add(records);
        untold.add(what);
    }

    /** Notes the places of calls that had not returned when the process ended: nothing is lost by them. */
    void unfinished(long records, String what) {
        unfinished.add(records);
        untold.add(what);
    }

    /** Notes that something failed which the next start tries again. */
    void failed(String what, Exception failure) {
        untold.add(what + ": " + failure);
    }

    /** Tells the error handler what was noted. Not under a lock: it is code of a user. */
    void tell() {
        for (String what = untold.poll(); what != null; what = untold.poll()) {
            errors.report(what, null);
        }
    }

    /** Returns how many records are lost. */
    long damagedCount() {
        return damaged.sum();
    }

    /** Returns how many records were claimed by calls that did not return. */
    long unfinishedCount() {
        return unfinished.sum();
    }

    /** Keeps a copy of a file; the same content is kept once. Says where, or why not. */
    String keepCopy(Path file) {
        try {
            Path kept = nameFor(file);
            if (!Files.exists(kept)) {
                Path unfinished = kept.resolveSibling(kept.getFileName() + SegmentFile.UNFINISHED);
                Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
                Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
            }
            return "a copy is kept as " + kept;
        } catch (IOException failure) {
            return "no copy could be kept: " + failure;
        }
    }

    /** Moves a file out of the way. Says where to, or why not. */
    String putAside(Path file) {
        try {
            Path kept = nameFor(file);
            Files.move(file, kept);
            return "it is kept as " + kept;
        } catch (FileAlreadyExistsException sameContent) {
            return deleteCopy(file);
        } catch (IOException failure) {
            return "it could not be moved away: " + failure;
        }
    }

    private static String deleteCopy(Path file) {
        try {
            Files.delete(file);
            return "the same content was put aside before";
        } catch (IOException failure) {
            return "it could not be moved away: " + failure;
        }
    }

    private Path nameFor(Path file) throws IOException {
        Path aside = directory.resolve(DIRECTORY);
        PrivateFiles.createDirectory(aside);
        try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32C())) {
            in.transferTo(OutputStream.nullOutputStream());
            return aside.resolve(String.format(
                    "%s.%08x", file.getFileName(), in.getChecksum().getValue()));
        }
    }

    /** Names a range of sequences; nothing where none of them is known. */
    static String records(long first, long count) {
        if (count <= 0) {
            return "nothing";
        }
        return count == 1 ? "record " + first : "records " + first + " to " + (first + count - 1);
    }
}
