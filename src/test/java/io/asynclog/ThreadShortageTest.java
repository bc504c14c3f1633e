package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A system that has no thread to give when the engine starts. */
@EnabledOnOs(OS.LINUX)
class ThreadShortageTest {
    /** Of which each thread's stack takes a large part: small allocations go on. */
    private static final String ADDRESS_SPACE_KILOBYTES = "40000000";

    private static final String STACK = "-Xss1g";

    /** The housekeeping, the tail, the archives of the file, three sinks, the completions. */
    private static final int THREADS = 7;

    @Test
    void startFailsAsAWholeUntilThereIsAThreadForEverybodyAndThenDeliversEverything(@TempDir Path folder) {
        List<String> command =
                new ArrayList<>(ChildJvm.command("64m", ThreadlessService.class, folder.resolve("app.log")));
        command.add(1, STACK);
        try (ChildJvm child = ChildJvm.start(
                Namespace.shell("ulimit -v " + ADDRESS_SPACE_KILOBYTES, command), folder.resolve("output"))) {
            String said = child.awaitEnd(Duration.ofMinutes(1));

            assertThat(said.lines().filter(line -> line.startsWith("attempts: ")))
                    .singleElement()
                    .satisfies(line -> assertThat(Integer.parseInt(line.substring("attempts: ".length())))
                            .isGreaterThanOrEqualTo(THREADS - 1));
        }
    }
}
