package io.asynclog.buffer;

/**
 * Is told what became of a record that waits for room, as one that {@link AsyncBuffer#pushOrPark} has parked. One of
 * its methods is called once, by any thread.
 */
public interface PushCallback {
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
