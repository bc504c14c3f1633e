package io.asynclog.consumer;

/** How much the engine does for a sink that lags or fails. */
public enum Delivery {
    /** The buffer keeps every record until this sink has flushed it, and futures wait for it. */
    REQUIRED,
    /**
     * When the buffer needs the room, records that this sink has not taken are skipped and counted. No future waits for
     * it.
     */
    BEST_EFFORT
}
