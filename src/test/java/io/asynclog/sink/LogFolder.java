package io.asynclog.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads what a sink has left in a folder. */
final class LogFolder {
    private final Path folder;

    LogFolder(Path folder) {
        this.folder = folder;
    }

    List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String name) {
        try (InputStream file = Files.newInputStream(folder.resolve(name));
                InputStream content = name.endsWith(".gz") ? new GZIPInputStream(file) : file) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines(String name) {
        return text(name).lines().toList();
    }

    /** Returns all lines of a log, those of its rolled files first, from the oldest on. */
    List<String> allLines(String log) {
        List<String> lines = new ArrayList<>();
        names().stream()
                .map(name -> ArchiveName.parse(folder.resolve(log), folder.resolve(name)))
                .filter(Objects::nonNull)
                .sorted(ArchiveName::compareAge)
                .forEach(archive -> lines.addAll(
                        lines(archive.nextTo(folder.resolve(log)).getFileName().toString())));
        lines.addAll(lines(log));
        return lines;
    }
}
