package io.asynclog.buffer;

/**
 * Is told what became of a record that waits for room, as one that {@link AsyncBuffer#pushOrPark} has parked. One of
 * {@link #accepted} and {@link #refused} is called once, by any thread.
 */
public interface PushCallback {
    /**
     * The record is about to be parked: from here on one of the other methods is called. Called by the thread that
     * pushes, under the buffer's lock, as below; should it fail the record is not parked.
     */
    default void parking() {}

    /**
     * The record is in the buffer. Called under the buffer's lock: it must not block, nor push, nor run code of a user.
     */
    void accepted(long sequence);

    /**
     * The record was given up. It must not block; what it may do depends on the result.
     *
     * @param result {@link AsyncBuffer#DROPPED} or {@link AsyncBuffer#BROKEN_OFF}, perhaps under the buffer's lock, as
     *     above; or {@link AsyncBuffer#CLOSED}, for a parked record not under the lock
     */
    void refused(long result);
}
