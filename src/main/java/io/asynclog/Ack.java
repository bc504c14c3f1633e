package io.asynclog;

/**
 * How far a record has to come for the future of {@link AsyncLogger#logAsync} to complete. Each level includes those
 * before.
 */
public enum Ack {
    /**
     * The record is in the buffer: with mapped files it survives the end of the process, else it survives an exception.
     */
    ACCEPTED,
    /**
     * The record was forced to the device in its mapped segment, so that it survives the end of the machine too. One
     * force serves all that wait for it. Only with a buffer in mapped files.
     */
    STORED,
    /** Every required sink has flushed the record. */
    FLUSHED
}
