package io.asynclog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small disk of a process, which can be filled and made read-only. Where it is mounted for that process, see
 * {@link Namespace}, it is real and so are its faults. Where no such mount can be had, there are folders in the place
 * of new segments, which then cannot be made either, and the log file has a largest size for its process, beyond which
 * it cannot be written.
 */
final class Disk {
    static final int SEGMENT_SIZE = 64 * 1024;

    private static final int FOLDERS = 1_000;

    private final Path root;
    private final boolean real;
    private int moved;

    Disk(Path root, boolean real) {
        this.root = root;
        this.real = real;
    }

    Path buffer() {
        return root.resolve("buffer");
    }

    Path log() {
        return root.resolve("app.log");
    }

    /** Takes all room away but so many bytes. */
    void leave(long bytes) throws IOException {
        if (real) {
            long usable = Files.getFileStore(root).getUsableSpace();
            Files.write(root.resolve("ballast"), new byte[(int) Math.max(0, usable - bytes)]);
        } else {
            Files.createDirectories(buffer());
            int first = (int) (bytes / SEGMENT_SIZE);
            for (int number = first; number < first + FOLDERS; number++) {
                Files.createDirectory(buffer().resolve("segment-" + number + ".dat.tmp"));
            }
        }
    }

    /** Takes all room away but so many bytes of the log file. */
    void leaveForLog(long bytes) throws IOException {
        if (real) {
            leave(bytes);
        }
    }

    /** Gives room for the log file back: for all of it, or for a part. */
    void freeForLog() throws IOException {
        if (real) {
            free();
        } else if (Files.exists(log())) {
            Files.move(log(), log().resolveSibling("app.log.2000-01-01." + moved++));
        }
    }

    /** Gives the room back. */
    void free() throws IOException {
        Files.deleteIfExists(root.resolve("ballast"));
        for (Path folder : inBuffer()) {
            if (Files.isDirectory(folder)) {
                Files.delete(folder);
            }
        }
    }

    /** Lets nothing be made, changed in size or deleted in the buffer's directory any more. */
    void makeReadOnly() throws IOException, InterruptedException {
        if (real) {
            Namespace.run("mount", "--bind", buffer().toString(), buffer().toString());
            Namespace.run("mount", "-o", "remount,bind,ro", buffer().toString());
        } else {
            leave(0);
        }
    }

    long bytesOfSegments() throws IOException {
        long sum = 0;
        for (Path file : inBuffer()) {
            sum += Files.isRegularFile(file) && file.getFileName().toString().startsWith("segment-")
                    ? Files.size(file)
                    : 0;
        }
        return sum;
    }

    private List<Path> inBuffer() throws IOException {
        if (!Files.isDirectory(buffer())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(buffer())) {
            return files.toList();
        }
    }

    void deleteBuffer() {
        try (Stream<Path> files = Files.walk(buffer())) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
