package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgedLoggingCheckTest {
    private static final String SUBJECT = "fsync-group";

    @TempDir
    Path folder;

    @Test
    void nothingIsMissingWhenEachAcknowledgedRecordIsThere() throws Exception {
        acknowledge(3, 1);
        write("0.0", "1.0", "0.1", "0.2");

        assertThat(found()).isEqualTo(new AcknowledgedLoggingCheck.Found(4, 0, 0));
    }

    @Test
    void anAcknowledgedRecordThatIsNotThereIsMissing() throws Exception {
        acknowledge(3, 1);
        write("0.0", "0.2");

        assertThat(found().missing()).isEqualTo(2);
    }

    @Test
    void aRecordThatWasNotAcknowledgedMayBeThereOrNot() throws Exception {
        acknowledge(2, 0);
        write("0.0", "0.1", "0.2");

        assertThat(found()).isEqualTo(new AcknowledgedLoggingCheck.Found(2, 0, 0));
    }

    @Test
    void aRecordThatIsThereTwiceIsDoubledWhetherOrNotItWasAcknowledged() throws Exception {
        acknowledge(1, 0);
        write("0.0", "1.0", "0.0", "1.0");

        assertThat(found()).isEqualTo(new AcknowledgedLoggingCheck.Found(1, 0, 2));
    }

    @Test
    void aRecordOfTheWarmUpIsNoneOfThose() throws Exception {
        acknowledge(1, 0);
        FileJournal journal = new FileJournal(folder);
        journal.append(JournalLine.of(JournalLine.WARMING, "0.0"));
        journal.force();

        assertThat(found().missing()).isOne();
    }

    private void acknowledge(int ofFirstThread, int ofSecondThread) throws Exception {
        CallCounts counts = CallCounts.create(folder, 2);
        counts.set(0, ofFirstThread);
        counts.set(1, ofSecondThread);
    }

    private void write(String... ids) throws Exception {
        FileJournal journal = new FileJournal(folder);
        for (String id : List.of(ids)) {
            journal.append(JournalLine.of(JournalLine.MEASURED, id));
        }
        journal.force();
    }

    private AcknowledgedLoggingCheck.Found found() throws Exception {
        return AcknowledgedLoggingCheck.find(Contender.named(SUBJECT), folder);
    }
}
