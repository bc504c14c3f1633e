package io.asynclog;

/**
 * What became of a record logged with {@link AsyncLogger#logAsync} or {@link AsyncLogger#logStored}.
 *
 * @param sequence the record's number, {@link LogRecord#sequence()}; -1 when there is no record
 * @param status how far the record had come when that was waited for; it may be further by now
 */
public record LogReceipt(long sequence, Status status) {
    /** The receipt of a call whose level is disabled: nothing was logged. */
    public static final LogReceipt DISABLED = new LogReceipt(-1, Status.DISABLED);

    /** The receipt of a call that was bound to a transaction which ended the other way: nothing was logged. */
    public static final LogReceipt DISCARDED = new LogReceipt(-1, Status.DISCARDED);

    /** The receipt of a call that was handed to the application's own logging system, since there is no engine. */
    public static final LogReceipt PASSED_ON = new LogReceipt(-1, Status.PASSED_ON);

    /**
     * Returns whether there is a record in the log: false where the level is disabled, the transaction ended the other
     * way, or there is no engine ({@code asynclog.enabled=false}), whatever the application's own logging system did.
     * It says nothing of whether a required sink takes the record: see {@link Status#FLUSHED}.
     */
    public boolean isLogged() {
        return sequence >= 0;
    }

    /** How far a record has come. */
    public enum Status {
        /**
         * The record is in the buffer. No more was waited for, by {@link Ack#ACCEPTED}; or no required sink has it:
         * there is none, or all have come past it and their levels leave it out.
         */
        ACCEPTED,
        /** The record was forced to the device in its mapped segment. No more was waited for: {@link Ack#STORED}. */
        STORED,
        /** Every required sink whose level does not leave the record out has flushed it; there is one at least. */
        FLUSHED,
        /** The level is disabled for this logger; nothing was logged. */
        DISABLED,
        /** The record was bound to a transaction that ended the other way; nothing was logged. */
        DISCARDED,
        /**
         * There is no engine ({@code asynclog.enabled=false}): the record was handed to the application's own logging
         * system, and nothing is known of what that made of it.
         */
        PASSED_ON
    }
}
