package io.asynclog.consumer;

/**
 * The thread of a sink's loop. A platform thread, so that busy virtual threads cannot starve the sinks, and a daemon,
 * so that a hanging sink cannot keep the JVM alive.
 */
public final class SinkThread extends Thread {
    /** Whether the sink has logged through this engine. Only this thread touches it. */
    private boolean logs;

    SinkThread(Runnable loop, String sink) {
        super(loop, "asynclog-" + sink);
        setDaemon(true);
    }

    /**
     * Notes that the sink logs through the engine. From now on it is spared all records that sinks log: it would
     * otherwise answer its own, or two sinks each other's, without end. To be called by this thread only.
     */
    public void noteLogging() {
        logs = true;
    }

    boolean logs() {
        return logs;
    }
}
