package io.asynclog.sink;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a rolled file: {@code <name>.<yyyy-MM-dd>.<index>} and, once it is compressed, {@code .gz} behind it.
 *
 * @param date the day of its records
 * @param index counts the files of a day from 0
 * @param suffix what comes behind the index
 */
record ArchiveName(LocalDate date, int index, String suffix) {
    static final String PLAIN = "";
    static final String COMPRESSED = ".gz";
    private static final String TEMPORARY = ".tmp";

    private static final Pattern REST =
            Pattern.compile("\\.(\\d{4}-\\d{2}-\\d{2})\\.(\\d{1,9})(|\\.gz|\\.gz(?:\\.[0-9a-f]{1,8})?\\.tmp)");

    /** Reads the name of a file; returns null when it is no rolled file of {@code log}. */
    static @Nullable ArchiveName parse(Path log, Path file) {
        String logName = String.valueOf(log.getFileName());
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(logName)) {
            return null;
        }
        Matcher rest = REST.matcher(name.substring(logName.length()));
        if (!rest.matches()) {
            return null;
        }
        try {
            return new ArchiveName(LocalDate.parse(rest.group(1)), Integer.parseInt(rest.group(2)), rest.group(3));
        } catch (DateTimeParseException noDate) {
            return null;
        }
    }

    /** Returns a negative number when this file is older than another, a positive one when it is newer. */
    int compareAge(ArchiveName other) {
        int byDate = date.compareTo(other.date);
        return byDate != 0 ? byDate : Integer.compare(index, other.index);
    }

    ArchiveName withSuffix(String newSuffix) {
        return new ArchiveName(date, index, newSuffix);
    }

    /**
     * Returns a name for the compressed file while it is being written, another one each time: two engines, one of
     * which follows the other, may be at it at once.
     */
    ArchiveName unfinished() {
        String own = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        return withSuffix(COMPRESSED + "." + own + TEMPORARY);
    }

    /** Returns whether the file is being compressed, or was when the process ended. */
    boolean isUnfinished() {
        return suffix.endsWith(TEMPORARY);
    }

    /** Returns the file of this name next to {@code log}. */
    Path nextTo(Path log) {
        return log.resolveSibling(log.getFileName() + "." + date + "." + index + suffix);
    }
}
