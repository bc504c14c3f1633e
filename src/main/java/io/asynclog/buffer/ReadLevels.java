package io.asynclog.buffer;

import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * By which level a cursor has read its records. Written by the cursor's owner, read by any thread that has seen the
 * cursor behind a record.
 */
final class ReadLevels {
    /** How many changes of the level are remembered. */
    private static final int MAX_CHANGES = 16;

    /**
     * The newest first. Volatile, and written before the cursor moves: whoever has seen it behind a record finds the
     * level by which that was read.
     */
    private volatile From latest = new From(0, Level.TRACE.toInt(), null);

    /** Notes the level by which records are read from a sequence on. For the owner. */
    void note(long sequence, int level) {
        From last = latest;
        if (last.level != level) {
            From before = last.sequence == sequence ? last.before : last;
            latest = new From(sequence, level, From.newest(MAX_CHANGES, before));
        }
    }

    /** Returns whether a record was read by a level that wants it; false also where that was too many changes ago. */
    boolean wanted(long sequence, Level level) {
        for (From from = latest; from != null; from = from.before) {
            if (sequence >= from.sequence) {
                return level.toInt() >= from.level;
            }
        }
        return false;
    }

    /**
     * From which sequence on records were read by a level.
     *
     * @param before what was so before that, or null where that is not known
     */
    private record From(long sequence, int level, @Nullable From before) {
        static @Nullable From newest(int most, @Nullable From from) {
            return from == null || most == 0
                    ? null
                    : new From(from.sequence, from.level, newest(most - 1, from.before));
        }
    }
}
