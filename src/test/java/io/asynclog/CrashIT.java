package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that are killed with {@code kill -9} at any instant, again and again, and the log that they leave. */
class CrashIT {
    private static final int MANY_ROUNDS = 50;
    private static final int ROUNDS = Integer.getInteger("crash.rounds", MANY_ROUNDS);

    @Test
    void everyRecordThatWasTakenIsInTheFileOnceAndAtEachOtherSinkHoweverOftenTheProcessIsKilled(@TempDir Path folder)
            throws IOException {
        crash(folder, FileOptions.Sync.NEVER, ROUNDS);
    }

    @Test
    void theSameHoldsWhereEveryFlushIsForcedToTheDisk(@TempDir Path folder) throws IOException {
        crash(folder, FileOptions.Sync.FLUSH, Math.max(1, ROUNDS / 5));
    }

    @Test
    void recordsLoggedWhileAServiceThatIsKilledWasStillStartingForTheFirstTimeGoToEverySink(@TempDir Path folder)
            throws IOException {
        for (int round = 0; round < Math.max(1, ROUNDS / 10); round++) {
            Path fresh = Files.createDirectory(folder.resolve("service-" + round));
            Crashes crashes = new Crashes(fresh, FileOptions.Sync.NEVER);
            crashes.killWhileStarting();
            crashes.endInOrder();
            check(fresh, crashes);
        }
    }

    private static void crash(Path folder, FileOptions.Sync sync, int rounds) throws IOException {
        Crashes crashes = new Crashes(folder, sync);
        for (int round = 0; round < rounds; round++) {
            crashes.killOnce();
        }
        crashes.endInOrder();
        if (rounds >= MANY_ROUNDS) {
            crashes.assertKilledAtEveryMoment();
        }
        System.out.println(
                "CrashIT, sync " + sync + ": " + rounds + " rounds, " + crashes + ", " + check(folder, crashes));
    }

    /** Checks what the lives of a service have left, and returns what was counted. */
    private static String check(Path folder, Crashes crashes) throws IOException {
        Lives inFile = new Lives("file");
        new RolledLog(CrashedService.log(folder)).forEachLine(line -> inFile.arrived(Numbered.parse(line)));
        Lives atSink = new Lives("sink");
        DeliveredLog delivered = new DeliveredLog(atSink);
        for (int life = 1; life <= crashes.lives(); life++) {
            delivered.read(CrashedService.delivered(folder, life));
        }
        for (int life = 1; life <= crashes.lives(); life++) {
            LifeNotes notes = new LifeNotes(CrashedService.notes(folder, life), Numbered.PRODUCERS);
            inFile.assertComplete(life, notes);
            atSink.assertComplete(life, notes);
        }
        assertThat(atSink.count()).isEqualTo(inFile.count());
        assertThat(crashes.unexpectedReports()).isEmpty();
        return inFile.count() + " records, each in the file once; " + delivered.repeats()
                + " repeats at the sink that fails";
    }
}
