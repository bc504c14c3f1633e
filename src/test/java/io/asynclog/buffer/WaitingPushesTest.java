package io.asynclog.buffer;

import static io.asynclog.buffer.BufferFixture.QUARTER;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.sized;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class WaitingPushesTest {
    private final BufferFixture fixture = new BufferFixture(options(2));
    private final WaitingPushes line = WaitingPushes.overdue();
    private final WaitingPushes.Entry first = entry(1);
    private final WaitingPushes.Entry second = entry(2);
    private final WaitingPushes.Entry third = entry(3);

    @Test
    void whoComesAgainHasTheOldPlace() {
        add(first, second, third);
        line.remove(second);
        add(second);
        line.remove(first);
        add(first);
        assertThat(oldest(Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly(first, second, third);
    }

    @Test
    void whoLeavesLeavesNoTrace() {
        add(first, second, third);
        line.remove(third);
        line.remove(third);
        line.remove(first);
        assertThat(line.count()).isEqualTo(1);
        assertThat(line.bytes()).isEqualTo(QUARTER);
        assertThat(line.poll()).isSameAs(second);
        assertThat(line.peek()).isNull();
        assertThat(line.bytes()).isZero();
        assertThat(line.areWaiting()).isFalse();
        add(third);
        assertThat(oldest(Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly(third);
    }

    @Test
    void theOldestAreThoseThatAreEnoughAndFit() {
        add(first, second, third);
        assertThat(oldest(1, 4 * QUARTER)).containsExactly(first);
        assertThat(oldest(QUARTER + 1, 4 * QUARTER)).containsExactly(first, second);
        assertThat(oldest(4 * QUARTER, 2 * QUARTER)).containsExactly(first, second);
        assertThat(oldest(1, QUARTER - 1)).isEmpty();
    }

    private List<WaitingPushes.Entry> oldest(long enoughBytes, long maxTotalBytes) {
        List<WaitingPushes.Entry> oldest = new ArrayList<>();
        line.addFirstTo(oldest, enoughBytes, maxTotalBytes);
        return oldest;
    }

    private void add(WaitingPushes.Entry... entries) {
        for (WaitingPushes.Entry entry : entries) {
            line.add(entry);
        }
    }

    private WaitingPushes.Entry entry(long deadlineNanos) {
        RecordEncoder record = fixture.record(Level.INFO, sized(QUARTER, Long.toString(deadlineNanos)));
        record.complete();
        return new WaitingPushes.Entry(record, new BufferFixture.Outcome(), deadlineNanos);
    }
}
