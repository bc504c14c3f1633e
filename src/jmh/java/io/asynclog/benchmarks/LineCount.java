package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts the lines of a file that belong to the measurement. */
final class LineCount {
    /** Only lines with this mark count; those of the warm-up have another of the same length. */
    static final String MEASURED = "measured";

    static final String WARMING = "warming.";

    private LineCount() {}

    static long measured(Path file) throws IOException {
        byte[] mark = MEASURED.getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[1 << 20];
        long lines = 0;
        int matched = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
                for (int i = 0; i < read; i++) {
                    matched = chunk[i] == mark[matched] ? matched + 1 : chunk[i] == mark[0] ? 1 : 0;
                    if (matched == mark.length) {
                        lines++;
                        matched = 0;
                    }
                }
            }
        }
        return lines;
    }
}
