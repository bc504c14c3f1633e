package io.asynclog.sink;

import io.asynclog.InvalidOptionException;
import io.asynclog.layout.PatternLayout;
import io.asynclog.layout.ServiceInfo;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Options of the {@link RollingFileSink}. Immutable.
 *
 * @param path the file that is written; its rolled predecessors lie next to it
 * @param format in which form records are written
 * @param pattern the form of a line, in the words of {@link PatternLayout}
 * @param maxFileSize bytes after which the file is rolled, at least 1 KB; it ends with the line that reaches it
 * @param maxHistory how many days rolled files are kept, besides those of the current day; 0 keeps them for ever
 * @param totalSizeCap bytes that all rolled files may have together, beyond which the oldest are deleted; 0 is no cap
 * @param sync when what was written is forced to the disk
 * @param service what the service says of itself in lines of {@link LineFormat#ECS}
 */
public record FileOptions(
        Path path,
        LineFormat format,
        String pattern,
        long maxFileSize,
        int maxHistory,
        long totalSizeCap,
        Sync sync,
        ServiceInfo service) {
    private static final long KILOBYTE = 1024;

    /** When what was written is forced to the disk. */
    public enum Sync {
        /** Whenever the operating system likes: survives the end of the process, not that of the machine. */
        NEVER,
        /** At the end of each flush, so once for all records that wait for it. */
        FLUSH
    }

    /**
     * Creates options.
     *
     * @throws InvalidOptionException when a value is impossible
     */
    public FileOptions {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(sync, "sync");
        Objects.requireNonNull(service, "service");
        new PatternLayout("file.pattern", pattern, false);
        if (path.getFileName() == null || path.getFileName().toString().isEmpty()) {
            throw new InvalidOptionException("file.path", path, "It names no file.", "Add the name of the file.");
        }
        if (maxFileSize < KILOBYTE) {
            throw new InvalidOptionException(
                    "file.max-file-size", maxFileSize, "A file must hold at least 1KB.", "Set it to 1KB or more.");
        }
        if (maxHistory < 0) {
            throw new InvalidOptionException(
                    "file.max-history",
                    maxHistory,
                    "A number of days cannot be negative.",
                    "Set it to 0 to keep rolled files for ever, or to a number of days.");
        }
        if (totalSizeCap < 0) {
            throw new InvalidOptionException(
                    "file.total-size-cap",
                    totalSizeCap,
                    "A size cannot be negative.",
                    "Set it to 0 for no cap, or to a size.");
        }
    }

    /** Returns the defaults for a file: lines like those of Spring Boot, 10 MB a file, 7 days, no cap, no sync. */
    public static FileOptions to(Path path) {
        return new FileOptions(
                path,
                LineFormat.PATTERN,
                PatternLayout.filePattern(""),
                10 * KILOBYTE * KILOBYTE,
                7,
                0,
                Sync.NEVER,
                ServiceInfo.NONE);
    }

    /** Returns a copy with another path. */
    public FileOptions withPath(Path value) {
        return new FileOptions(value, format, pattern, maxFileSize, maxHistory, totalSizeCap, sync, service);
    }

    /** Returns a copy with another format. */
    public FileOptions withFormat(LineFormat value) {
        return new FileOptions(path, value, pattern, maxFileSize, maxHistory, totalSizeCap, sync, service);
    }

    /** Returns a copy with another pattern. */
    public FileOptions withPattern(String value) {
        return new FileOptions(path, format, value, maxFileSize, maxHistory, totalSizeCap, sync, service);
    }

    /** Returns a copy with another size in bytes after which the file is rolled. */
    public FileOptions withMaxFileSize(long value) {
        return new FileOptions(path, format, pattern, value, maxHistory, totalSizeCap, sync, service);
    }

    /** Returns a copy with another number of days. */
    public FileOptions withMaxHistory(int value) {
        return new FileOptions(path, format, pattern, maxFileSize, value, totalSizeCap, sync, service);
    }

    /** Returns a copy with another cap in bytes. */
    public FileOptions withTotalSizeCap(long value) {
        return new FileOptions(path, format, pattern, maxFileSize, maxHistory, value, sync, service);
    }

    /** Returns a copy with another choice about sync. */
    public FileOptions withSync(Sync value) {
        return new FileOptions(path, format, pattern, maxFileSize, maxHistory, totalSizeCap, value, service);
    }

    /** Returns a copy for another service. */
    public FileOptions withService(ServiceInfo value) {
        return new FileOptions(path, format, pattern, maxFileSize, maxHistory, totalSizeCap, sync, value);
    }
}
