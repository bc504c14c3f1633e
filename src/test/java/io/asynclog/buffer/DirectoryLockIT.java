package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asynclog.ChildJvm;
import io.asynclog.EngineFixture;
import io.asynclog.InvalidOptionException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockIT {
    /** On POSIX systems a process loses its lock when it closes any channel to the file, as after a refusal. */
    @Test
    void aDirectoryStaysLockedForOtherProcessesWhenOneOfThisProcessWasRefused(@TempDir Path folder) {
        Path directory = folder.resolve("buffer");
        try (MappedFixture owner = new MappedFixture(directory)) {
            owner.pushNumbered(1);
            assertThatExceptionOfType(InvalidOptionException.class)
                    .isThrownBy(() -> new MappedFixture(directory))
                    .withMessageContaining("in use by another engine of this process");

            String said = second(directory, folder.resolve("refused"));
            assertThat(said)
                    .contains(
                            "buffer.directory",
                            "It is in use by process " + ProcessHandle.current().pid() + " since ");
        }
        assertThat(second(directory, folder.resolve("taken"))).isEqualTo("taken\n");
    }

    private static String second(Path directory, Path output) {
        try (ChildJvm child = ChildJvm.start(ChildJvm.command("64m", SecondProcess.class, directory), output)) {
            return child.awaitEnd(EngineFixture.DEADLINE);
        }
    }

    /** Takes a directory, or says why it cannot. */
    static final class SecondProcess {
        private SecondProcess() {}

        public static void main(String[] args) {
            try {
                new MappedFixture(Path.of(args[0])).close();
                System.out.println("taken");
            } catch (InvalidOptionException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
