package io.asynclog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * A sink that can be down. Of what it takes it checks that the numbers of each producer only grow: the logger's name is
 * the producer's number, of one digit, and the message begins with the record's.
 */
final class SwitchedSink implements FlushFunction {
    private static final int PRODUCERS = 10;

    private final long[] last = new long[PRODUCERS];
    private final byte[] text = new byte[64 * 1024];
    private final List<String> failures = new ArrayList<>();
    private volatile boolean down = true;
    private final LongAdder count = new LongAdder();
    /** Records that the engine logged itself, of what was dropped. */
    private final LongAdder foreign = new LongAdder();

    private long lastSequence = -1;

    SwitchedSink() {
        Arrays.fill(last, -1);
    }

    /** Says whether it is down from now on; it begins so. */
    void down(boolean value) {
        down = value;
    }

    @Override
    public void flush(LogBatch batch) throws IOException {
        if (down) {
            throw new IOException("Down");
        }
        if (batch.early()) {
            return; // proof that it works again, by records that come once more in their turn
        }
        long taken = 0;
        long others = 0;
        for (LogRecord record : batch) {
            check(record.sequence() > lastSequence, "sequence " + record.sequence() + " behind " + lastSequence);
            lastSequence = record.sequence();
            taken++;
            if (record.copyUtf8(LogRecord.Text.LOGGER_NAME, text, 0) > 1) {
                others++;
                continue;
            }
            int producer = text[0] - '0';
            long number = number(record.copyUtf8(LogRecord.Text.MESSAGE, text, 0));
            check(number > last[producer], "producer " + producer + ": " + number + " behind " + last[producer]);
            last[producer] = number;
        }
        foreign.add(others);
        count.add(taken);
    }

    private void check(boolean fulfilled, String failure) {
        if (!fulfilled && failures.size() < 10) {
            failures.add(failure);
        }
    }

    private long number(int length) {
        long number = 0;
        for (int i = 0; i < length && text[i] >= '0' && text[i] <= '9'; i++) {
            number = 10 * number + (text[i] - '0');
        }
        return number;
    }

    /** Returns how many records it took. */
    long count() {
        return count.sum();
    }

    /** Returns how many of these the engine logged itself. */
    long foreign() {
        return foreign.sum();
    }

    /** Returns what was out of order. To be called when the engine has stopped. */
    List<String> failures() {
        return failures;
    }
}
