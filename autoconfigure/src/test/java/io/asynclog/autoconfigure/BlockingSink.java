package io.asynclog.autoconfigure;

import io.asynclog.FlushFunction;
import io.asynclog.LogBatch;
import java.util.concurrent.CountDownLatch;

/** A sink that hangs until it is released. */
public final class BlockingSink implements FlushFunction {
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void flush(LogBatch batch) throws InterruptedException {
        released.await();
    }

    /** Lets the sink go on, for good. */
    public void release() {
        released.countDown();
    }
}
