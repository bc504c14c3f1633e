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
     * Every required sink has flushed the record, but for those whose own level leaves it out. Without a required sink
     * it is as {@link #ACCEPTED}.
     */
    FLUSHED
}
