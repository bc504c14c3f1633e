package io.asynclog.sink;

import io.asynclog.ErrorHandler;
import io.asynclog.internal.PrivateFiles;
import io.asynclog.internal.Trouble;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The rolled files next to a log file. Rolling is a rename; compressing and deleting the old is done in the background
 * by one task at a time, which looks at the folder and does whatever is to be done, be it left over from another
 * process.
 */
final class Archives {
    private static final int BUFFER_SIZE = 64 * 1024;

    private final Path log;
    private final int maxHistory;
    private final long totalSizeCap;
    private final ChannelOpener creator;
    private final Executor background;
    private final Trouble noThread;
    private final Trouble compressing;
    private final Trouble deleting;
    private final AtomicBoolean tidying = new AtomicBoolean();
    private LocalDate indexedDate = LocalDate.MIN;
    private int nextIndex;

    Archives(Path log, FileOptions options, Executor background, ErrorHandler errors) {
        this(log, options, PrivateFiles::create, background, errors);
    }

    Archives(Path log, FileOptions options, ChannelOpener creator, Executor background, ErrorHandler errors) {
        this.log = log;
        maxHistory = options.maxHistory();
        totalSizeCap = options.totalSizeCap();
        this.creator = creator;
        this.background = background;
        noThread = new Trouble("There is no thread to compress and delete rolled files of " + log, errors);
        compressing = new Trouble("Rolled files of " + log + " could not be compressed", errors);
        deleting = new Trouble("Rolled files of " + log + " could not be deleted", errors);
    }

    /** Makes the log file the latest rolled file of a day. */
    void roll(LocalDate date) throws IOException {
        if (!date.equals(indexedDate) || isTaken(nextIndex)) {
            findNextIndex(date);
        }
        while (isTaken(nextIndex)) {
            nextIndex++; // the list misses what is renamed while it is made
        }
        Files.move(log, name(nextIndex, ArchiveName.PLAIN));
        nextIndex++;
    }

    /**
     * Returns whether there is a rolled file of an index. Were another one to get the same index while the first is
     * compressed already, it would be taken for its leftover and deleted.
     */
    private boolean isTaken(int index) {
        // In this order: there is no moment at which a file is neither, as it is deleted after it was compressed.
        return Files.exists(name(index, ArchiveName.PLAIN)) || Files.exists(name(index, ArchiveName.COMPRESSED));
    }

    private Path name(int index, String suffix) {
        return new ArchiveName(indexedDate, index, suffix).nextTo(log);
    }

    private void findNextIndex(LocalDate date) throws IOException {
        nextIndex = 0;
        for (ArchiveName archive : list()) {
            if (archive.date().equals(date)) {
                nextIndex = Math.max(nextIndex, archive.index() + 1);
            }
        }
        indexedDate = date;
    }

    /** Compresses and deletes in the background what there is to compress and delete on a day. */
    void tidyLater(LocalDate today) {
        tidyLater(() -> tidy(archives -> today));
    }

    /**
     * Does so after a roll, with which a file of a day has begun. That is what a record says, and its clock may just
     * have jumped ahead, so it does not tell how old the other files are.
     */
    void tidyAfterRoll(LocalDate begun) {
        tidyLater(() -> tidy(archives -> dayBehindNewest(archives, begun)));
    }

    private void tidyLater(Runnable tidy) {
        if (tidying.compareAndSet(false, true)) {
            try {
                background.execute(() -> {
                    tidying.set(false); // first, so that a file rolled from now on is not missed
                    tidy.run();
                });
                noThread.isOver();
            } catch (OutOfMemoryError failure) {
                tidying.set(false); // the next roll tries again; this one is done, and its records are not to blame
                noThread.isThere(failure);
            }
        }
    }

    private void tidy(Function<List<ArchiveName>, LocalDate> today) {
        try {
            compressAll();
            compressing.isOver();
        } catch (IOException failure) {
            compressing.isThere(failure);
        }
        try {
            deleteExpired(today); // in any case: a full disk may be what kept the others from being compressed
            deleting.isOver();
        } catch (IOException failure) {
            deleting.isThere(failure);
        }
    }

    private void compressAll() throws IOException {
        Set<ArchiveName> archives = new LinkedHashSet<>(list());
        Attempts attempts = new Attempts();
        for (ArchiveName archive : archives) {
            boolean isCompressed = archives.contains(archive.withSuffix(ArchiveName.COMPRESSED));
            if (archive.isUnfinished() || (isPlain(archive) && isCompressed)) {
                // All of these ahead: there may be no room for others on the disk before they are gone.
                attempts.attempt(() -> Files.deleteIfExists(archive.nextTo(log)));
            }
        }
        for (ArchiveName archive : archives) {
            if (isPlain(archive) && !archives.contains(archive.withSuffix(ArchiveName.COMPRESSED))) {
                attempts.attempt(() -> replace(archive));
            }
        }
        attempts.end();
    }

    private static boolean isPlain(ArchiveName archive) {
        return archive.suffix().equals(ArchiveName.PLAIN);
    }

    /** Puts the compressed file in the place of a rolled one. */
    private void replace(ArchiveName archive) throws IOException {
        try {
            compress(archive);
        } catch (NoSuchFileException taken) {
            return; // by an engine that was here before this one, or comes after it; it does the same
        }
        Files.deleteIfExists(archive.nextTo(log));
    }

    /**
     * Makes the compressed file. It is forced to the disk whatever the options say: the rolled file, which goes next,
     * may have been there for hours.
     */
    private void compress(ArchiveName archive) throws IOException {
        Path unfinished = archive.unfinished().nextTo(log);
        try {
            try (FileChannel channel = creator.open(unfinished);
                    GZIPOutputStream gzip = new FastGzip(Channels.newOutputStream(channel))) {
                Files.copy(archive.nextTo(log), gzip);
                gzip.finish();
                channel.force(true); // or its name might be on the disk before what is in it
            }
            Path compressed = archive.withSuffix(ArchiveName.COMPRESSED).nextTo(log);
            Files.move(unfinished, compressed, StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.forceFolder(compressed);
        } catch (IOException failure) {
            Files.deleteIfExists(unfinished);
            throw failure;
        }
    }

    private void deleteExpired(Function<List<ArchiveName>, LocalDate> today) throws IOException {
        List<ArchiveName> newestFirst = list();
        newestFirst.sort((left, right) -> right.compareAge(left));
        LocalDate oldest =
                maxHistory == 0 ? LocalDate.MIN : today.apply(newestFirst).minusDays(maxHistory);
        long totalSize = 0;
        Attempts attempts = new Attempts();
        for (ArchiveName archive : newestFirst) {
            Path file = archive.nextTo(log);
            totalSize += totalSizeCap > 0 ? sizeOf(file, attempts) : 0;
            if (archive.date().isBefore(oldest) || (totalSizeCap > 0 && totalSize > totalSizeCap)) {
                attempts.attempt(() -> Files.deleteIfExists(file));
            }
        }
        attempts.end();
    }

    /** Returns the day behind that of the newest file before a day: mostly that day itself. */
    private static LocalDate dayBehindNewest(List<ArchiveName> newestFirst, LocalDate day) {
        for (ArchiveName archive : newestFirst) {
            if (archive.date().isBefore(day)) {
                return archive.date().plusDays(1);
            }
        }
        return day;
    }

    private static long sizeOf(Path file, Attempts attempts) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException deleted) {
            return 0;
        } catch (IOException unreadable) {
            attempts.failed(unreadable);
            return 0;
        }
    }

    private List<ArchiveName> list() throws IOException {
        List<ArchiveName> archives = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(log.toAbsolutePath().getParent())) {
            for (Path file : files) {
                ArchiveName archive = ArchiveName.parse(log, file);
                if (archive != null) {
                    archives.add(archive);
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return archives;
    }

    /** Takes a third of the time of the default, which belongs to the application, for a quarter more space. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_SIZE);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
