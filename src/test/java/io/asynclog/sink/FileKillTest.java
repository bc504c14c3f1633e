package io.asynclog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are killed with {@code kill -9} while they write, roll and compress. */
class FileKillTest {
    private static final int KILLS = Integer.getInteger("fileKill.kills", 5);

    @TempDir
    Path folder;

    private final Random random = new Random();

    @Test
    void everyRecordIsThereOnceHoweverOftenTheProcessIsKilled() throws Exception {
        int next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int again = Math.max(0, next - random.nextInt(4000));
            next = Math.max(next, run(again, Integer.MAX_VALUE, 1 + random.nextInt(10)));
        }
        int end = next + 4000;
        run(Math.max(0, next - 100), end, Integer.MAX_VALUE);
        new Archives(folder.resolve("app.log"), KilledWriter.options(folder), Runnable::run, (message, cause) -> {})
                .tidyLater(LocalDate.EPOCH);

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            expected.add(KilledWriter.message(i));
        }
        assertThat(new LogFolder(folder).allLines("app.log")).isEqualTo(expected);
    }

    /** Lets a process write until it has said so many times how far it is, and returns what it said last. */
    private int run(int from, int to, int reports) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        String.valueOf(from),
                        String.valueOf(to))
                .redirectError(Redirect.INHERIT)
                .start();
        int last = from;
        int count = 0;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                last = Integer.parseInt(line);
                if (++count == reports) {
                    process.toHandle().destroyForcibly(); // leaves what it said last to be read
                }
            }
        } finally {
            process.destroyForcibly();
        }
        process.waitFor();
        return last;
    }
}
