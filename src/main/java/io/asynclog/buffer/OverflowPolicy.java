package io.asynclog.buffer;

/** What becomes of a record for which the buffer has no room. */
public enum OverflowPolicy {
    /**
     * The call waits up to {@link BufferOptions#maxWait()} for room; then the record is dropped. A stall costs one such
     * wait: until the slowest required sink moves on, later calls do not wait again.
     */
    BLOCK,
    /** The new record is dropped. */
    DROP,
    /** Records below {@link BufferOptions#dropBelow()} are dropped; the others wait as with {@link #BLOCK}. */
    DROP_BELOW
}
