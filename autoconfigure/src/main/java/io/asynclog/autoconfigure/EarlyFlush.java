package io.asynclog.autoconfigure;

import org.springframework.context.SmartLifecycle;

/**
 * Has what was logged until the web server has stopped flushed while whatever a sink may need is still running:
 * connection factories, for one, are stopped long before {@link AsyncLogLifecycle}, which takes what is logged until
 * the very end.
 */
final class EarlyFlush implements SmartLifecycle {
    /** Behind the web server's stop, {@code Integer.MAX_VALUE - 2048}, and before the phases of other beans. */
    static final int PHASE = Integer.MAX_VALUE - 4096;

    private final AsyncLogLifecycle lifecycle;
    private volatile boolean running;

    EarlyFlush(AsyncLogLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        try {
            lifecycle.flushEarly();
        } finally {
            running = false;
        }
    }

    @Override
    public void stop(Runnable callback) {
        AsyncLogLifecycle.stopOnOwnThread("asynclog-flush", this, callback);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** As the engine goes on in a pause, there is nothing to flush for it. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
