package io.asynclog;

import io.asynclog.buffer.RecordEncoder;
import io.asynclog.consumer.RecordFuture;

/** What becomes of a record once a log call has put it together. */
interface Outlet {
    /**
     * Takes a record that nobody waits for.
     *
     * @return whether the record is kept: then the encoder belongs to it
     */
    boolean push(RecordEncoder record);

    /**
     * Takes a record and sees to it that the future completes.
     *
     * @param future nothing hangs on it yet
     * @param ack how far the record has to come
     * @return whether the record is kept: then the encoder belongs to it
     */
    boolean push(RecordEncoder record, RecordFuture future, Ack ack);

    /** Returns whether records may wait here for what their callers do next. */
    boolean isDeferring();
}
