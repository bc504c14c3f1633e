package io.asynclog;

/**
 * How far a record has to come for the future of {@link AsyncLogger#logAsync} to complete. Each includes
 * {@link #ACCEPTED}; neither of the other two includes the other.
 */
public enum Ack {
    /**
     * The record is in the buffer: with mapped files it survives the end of the process, else it survives an exception.
     */
    ACCEPTED,
    /**
     * The record was forced to the device in its mapped segment, so that it survives the end of the machine too, until
     * every required sink has flushed it: then it is as safe as they keep it. One force serves all that wait for it.
     * Only with a buffer in mapped files.
     */
    STORED,
    /**
     * Every required sink has come past the record, and those whose level does not leave it out have flushed it. One
     * that leaves it out is waited for all the same, and fails the future while it is down. Where none takes it the
     * receipt says {@link LogReceipt.Status#ACCEPTED}; only without a required sink is nobody waited for.
     */
    FLUSHED
}
