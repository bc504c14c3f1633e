package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class PendingQueueTest {
    private final PendingQueue line = new PendingQueue();

    private void add(long... sequences) {
        for (long sequence : sequences) {
            line.add(future(sequence));
        }
    }

    private static RecordFuture future(long sequence) {
        RecordFuture future = new RecordFuture(Level.INFO);
        future.sequence = sequence;
        return future;
    }

    private List<Long> takeAll() {
        List<Long> sequences = new ArrayList<>();
        for (PendingFuture<?> first = line.first(); first != null; first = line.first()) {
            sequences.add(first.sequence);
            line.removeFirst();
        }
        return sequences;
    }

    @Test
    void futuresStandInTheOrderOfTheirRecordsHoweverTheyCome() {
        Random random = new Random(4711);
        List<Long> sequences =
                new ArrayList<>(LongStream.range(0, 2_000).boxed().toList());
        Collections.shuffle(sequences, random);
        for (long sequence : sequences) {
            add(sequence);
            if (random.nextInt(10) == 0) {
                line.drainInbox();
            }
        }
        line.drainInbox();
        assertThat(takeAll())
                .containsExactlyElementsOf(LongStream.range(0, 2_000).boxed().toList());
    }

    @Test
    void overtakenFuturesFindTheirPlaceAlsoWhenTheLatestOfThemWasTaken() {
        add(2);
        RecordFuture overtaken = future(1);
        line.add(overtaken);
        line.drainInbox();
        assertThat(line.first()).isSameAs(overtaken);
        line.removeFirst();
        add(5, 3, 4, 0);
        line.drainInbox();
        assertThat(takeAll()).containsExactly(0L, 2L, 3L, 4L, 5L);
    }

    @Test
    void futuresOfOneSequenceKeepTheOrderInWhichTheyCame() {
        RecordFuture earlier = future(1);
        line.add(earlier);
        add(2);
        RecordFuture later = future(1);
        line.add(later);
        line.drainInbox();
        assertThat(line.first()).isSameAs(earlier);
        line.removeFirst();
        assertThat(line.first()).isSameAs(later);
    }

    @Test
    void whatIsTakenOutOfTheMiddleLeavesTheOthersInOrder() {
        for (int taken = 0; taken < 4; taken++) {
            List<RecordFuture> futures = new ArrayList<>();
            for (long sequence : new long[] {0, 2, 3, 1}) { // the last one was overtaken
                futures.add(future(sequence));
                line.add(futures.get(futures.size() - 1));
            }
            line.drainInbox();
            RecordFuture out = futures.get(taken);
            line.remove(out);
            assertThat(out.next).isNull();
            assertThat(out.previous).isNull();
            add(out.sequence, 4);
            line.drainInbox();
            assertThat(takeAll()).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    @Test
    void futureThatWasTakenKeepsNoOther() {
        RecordFuture taken = future(0);
        line.add(taken);
        RecordFuture behind = future(1);
        line.add(behind);
        line.drainInbox();
        line.removeFirst();
        assertThat(taken.next).isNull();
        assertThat(taken.previous).isNull();
        assertThat(behind.previous).isNull();
    }

    @Test
    void lookSeesWhatWasAddedAndWhatIsInLine() {
        assertThat(line.mayHaveBefore(Long.MAX_VALUE)).isFalse();
        add(7);
        assertThat(line.mayHaveBefore(8)).isTrue();
        line.drainInbox();
        assertThat(line.mayHaveBefore(7)).isFalse();
        assertThat(line.mayHaveBefore(8)).isTrue();
        add(3);
        line.drainInbox();
        assertThat(line.mayHaveBefore(4)).isTrue();
        line.removeFirst();
        line.publishFirst();
        assertThat(line.mayHaveBefore(7)).isFalse();
        line.removeFirst();
        line.publishFirst();
        assertThat(line.mayHaveBefore(Long.MAX_VALUE)).isFalse();
    }
}
