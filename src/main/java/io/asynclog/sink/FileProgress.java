package io.asynclog.sink;

import io.asynclog.internal.Checkpoint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which records are in the files for good, kept in a {@link Checkpoint} so that the next process knows it, too. */
final class FileProgress {
    /*
     * Three steps, each of which survives the process before the next one begins:
     *
     *   announce   {next sequence, committed length, length with these bytes}
     *   write      the bytes
     *   commit     {sequence behind the batch, new length, new length}
     *
     * A process that dies between the first and the last leaves a file that is longer than what is committed, and no longer
     * than announced. That much is taken back, and comes again. A longer tail was written by somebody else, as by a run
     * without this checkpoint; so was any tail when nothing was announced. Such a file is left as it is. What somebody
     * appends behind a batch that was cut off, and so little that both are no longer than announced, cannot be told
     * from the batch, and is taken back with it.
     *
     * All this holds as long as the machine runs: the system then keeps every write, in order. After a loss of power the
     * checkpoint may be older than the file or newer, and even name sequences that the log gives away a second time. It
     * then counts for nothing.
     */
    private final Checkpoint checkpoint;
    private final @Nullable String boot;
    private long nextSequence;
    /** What the checkpoint holds; null when that is in doubt. */
    private byte @Nullable [] saved;

    /** Creates a progress without a past: of one process only. */
    FileProgress() {
        checkpoint = Checkpoint.NONE;
        boot = null;
    }

    private FileProgress(Checkpoint checkpoint, @Nullable String boot) {
        this.checkpoint = checkpoint;
        this.boot = boot;
    }

    /**
     * Goes on where an earlier process was.
     *
     * @param boot the run of the machine, null when unknown
     * @param file owes a roll back from now on when that process died while it wrote
     */
    static FileProgress resume(Checkpoint checkpoint, @Nullable String boot, LogFile file) {
        FileProgress progress = new FileProgress(checkpoint, boot);
        byte[] state = checkpoint.load();
        FilePosition last = state == null ? null : FilePosition.decode(state);
        if (last != null && boot != null && boot.equals(last.boot())) {
            progress.nextSequence = last.nextSequence();
            String key = last.key();
            if (key != null) {
                file.oweRollBack(key, last.committed(), last.end());
            }
        }
        return progress;
    }

    /** Returns whether a record is in the files; never for one without a sequence of its own. */
    boolean contains(long sequence) {
        return sequence >= 0 && sequence < nextSequence;
    }

    /** Saves that bytes are about to be appended. */
    void announce(LogFile file, int count) {
        save(file, file.length() + count);
    }

    /**
     * Saves that everything up to a record is in the files. If it throws, it has still taken note for this process: the
     * records are there.
     *
     * @param lastSequence below 0 when it has no sequence of its own, or nothing was appended
     */
    void commit(LogFile file, long lastSequence) {
        if (lastSequence >= 0) {
            nextSequence = lastSequence + 1;
        }
        save(file, file.length());
    }

    private void save(LogFile file, long end) {
        if (checkpoint == Checkpoint.NONE) {
            return;
        }
        byte[] state = new FilePosition(nextSequence, file.committed(), end, file.key(), boot).encode();
        if (!Arrays.equals(state, saved)) {
            saved = null;
            checkpoint.save(state);
            saved = state;
        }
    }
}
