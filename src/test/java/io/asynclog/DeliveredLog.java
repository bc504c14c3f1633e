package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a sink of several lives has kept, see {@link FailingHalfTheTime}, and checks that it got every record at
 * least once, in order but for repeats, and that it could tell these: they have the same identity and the same text,
 * and come in batches that are marked.
 */
final class DeliveredLog {
    private final Lives lives;
    /** By sequence; null where a call did not return. */
    private final List<@Nullable Numbered> records = new ArrayList<>();

    private @Nullable String instance;
    private boolean marked;
    private long repeats;

    DeliveredLog(Lives lives) {
        this.lives = lives;
    }

    /** Reads what was delivered in a life; nothing where it was killed before it had a file for that. */
    void read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            while (line != null) {
                String next = reader.readLine();
                if (next != null || endsWithLineBreak(file)) { // else the sink was killed while it wrote
                    read(line);
                }
                line = next;
            }
        }
    }

    private static boolean endsWithLineBreak(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return bytes[bytes.length - 1] == '\n';
    }

    private void read(String line) {
        String[] words = line.split(" ", 2);
        if (words[0].equals(FailingHalfTheTime.HEAD)) {
            String[] head = words[1].split(" ", 2);
            assertThat(instance == null ? head[0] : instance).isEqualTo(head[0]);
            instance = head[0];
            marked = Boolean.parseBoolean(head[1]);
        } else {
            delivered(Integer.parseInt(words[0]), Numbered.parse(words[1]));
        }
    }

    private void delivered(int sequence, Numbered record) {
        if (sequence < records.size()) {
            repeats++;
            assertThat(marked).as("batch that repeats %d is marked", sequence).isTrue();
            assertThat(records.get(sequence)).as("repeated record %d", sequence).isEqualTo(record);
            return;
        }
        while (records.size() < sequence) {
            records.add(null);
        }
        records.add(record);
        lives.arrived(record);
    }

    long repeats() {
        return repeats;
    }
}
