package io.asynclog.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file of the two older flows, flushed at the end of a batch. */
final class FlowFile {
    private final BufferedWriter writer;

    FlowFile(Path file) throws IOException {
        writer = Files.newBufferedWriter(file);
    }

    void write(List<String> lines) {
        try {
            for (String line : lines) {
                writer.write(line);
                writer.newLine();
            }
            writer.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void close() {
        try {
            writer.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
