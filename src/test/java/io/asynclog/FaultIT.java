package io.asynclog;

import io.asynclog.buffer.OverflowPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks that fill up, cannot be written to, or lose a directory, under an engine that runs. */
class FaultIT {
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final String NOTHING = "true";

    private static boolean real;

    @TempDir
    private Path folder;

    private Path mountPoint;

    @BeforeAll
    static void look() {
        real = Namespace.isPermitted();
    }

    @BeforeEach
    void makeFolders() throws IOException {
        mountPoint = Files.createDirectory(folder.resolve("disk"));
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void aBufferWhoseDiskIsFullDropsByItsPolicyAndKeepsWhatItTook(OverflowPolicy policy) {
        run(smallDisk(), command("fullBufferDisk", policy));
    }

    @Test
    void anEngineThatDiedOnAFullDiskStartsOnItAndDeliversWhatIsLeft() {
        String dies = command("diesOnFullDisk").stream().map(FaultIT::quoted).collect(Collectors.joining(" "));
        run(smallDisk() + "; " + dies, command("startsOnFullDisk"));
    }

    @Test
    void aFileWhoseDiskIsFullHasEveryRecordOnceWhenThereIsRoomAgain() {
        run(real ? smallDisk() : "ulimit -f 1000", command("fullLogDisk"));
    }

    @Test
    void aDirectoryThatIsReadOnlyStopsTheStartByName() throws IOException {
        if (!real) {
            Files.writeString(mountPoint.resolve("buffer"), "A file in the place of the directory");
        }
        run(real ? "mount -t tmpfs -o ro tmpfs " + quoted(mountPoint) : NOTHING, command("readOnlyFromTheStart"));
    }

    @Test
    void aDirectoryThatBecomesReadOnlyHoldsWhatWasTaken() {
        run(smallDisk(), command("readOnlyWhileRunning"));
    }

    @Test
    void aDirectoryThatIsDeletedIsToldOnceAndEveryRecordDelivered() {
        run(NOTHING, command("deletedWhileRunning"));
    }

    private static String quoted(Object word) {
        return "'" + word + "'";
    }

    private String smallDisk() {
        return real ? "mount -t tmpfs -o size=8m tmpfs " + quoted(mountPoint) : NOTHING;
    }

    private List<String> command(String fault, Object... more) {
        List<String> command =
                new ArrayList<>(ChildJvm.command("64m", DiskFaults.class, fault, mountPoint, real, folder));
        for (Object argument : more) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Runs a command behind a line of shell. */
    private void run(String line, List<String> command) {
        List<String> confined = real ? Namespace.within(line, command) : Namespace.shell(line, command);
        try (ChildJvm child = ChildJvm.start(confined, folder.resolve("output"))) {
            child.awaitEnd(DEADLINE);
        }
    }
}
