package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgedLoggingCheckTest {
    private static final String SUBJECT = "fsync-group";
    private static final int RECORDS = 3;

    @TempDir
    Path folder;

    @Test
    void nothingIsMissingWhenEachAcknowledgedRecordIsThere() throws Exception {
        AcknowledgedLoggingFork.writeCounts(folder, new int[] {3, 1});
        write("0.0", "1.0", "0.1", "0.2");

        assertThat(missing()).isZero();
    }

    @Test
    void anAcknowledgedRecordThatIsNotThereIsMissing() throws Exception {
        AcknowledgedLoggingFork.writeCounts(folder, new int[] {3, 1});
        write("0.0", "0.2");

        assertThat(missing()).isEqualTo(2);
    }

    @Test
    void aRecordThatWasNotAcknowledgedMayBeThereOrNot() throws Exception {
        AcknowledgedLoggingFork.writeCounts(folder, new int[] {2, 0});
        write("0.0", "0.1", "0.2");

        assertThat(missing()).isZero();
    }

    @Test
    void aRecordOfTheWarmUpIsNoneOfThose() throws Exception {
        AcknowledgedLoggingFork.writeCounts(folder, new int[] {1, 0});
        FileJournal journal = new FileJournal(folder);
        journal.append(JournalLine.of(JournalLine.WARMING, "0.0"));
        journal.force();

        assertThat(missing()).isOne();
    }

    private void write(String... ids) throws Exception {
        FileJournal journal = new FileJournal(folder);
        for (String id : List.of(ids)) {
            journal.append(JournalLine.of(JournalLine.MEASURED, id));
        }
        journal.force();
    }

    private long missing() throws Exception {
        return AcknowledgedLoggingCheck.missing(Contender.named(SUBJECT), 2, RECORDS, folder);
    }
}
