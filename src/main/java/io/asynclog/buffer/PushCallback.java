package io.asynclog.buffer;

/**
 * Hears what became of a record that {@link AsyncBuffer#pushOrPark} has parked. Called once, by any thread, possibly under
 * the buffer's lock: it must not block, nor push, nor run code of a user.
 */
public interface PushCallback {
    /** The record is in the buffer. */
    void accepted(long sequence);

    /**
     * The record was given up.
     *
     * @param result {@link AsyncBuffer#DROPPED} or {@link AsyncBuffer#CLOSED}
     */
    void refused(long result);
}
