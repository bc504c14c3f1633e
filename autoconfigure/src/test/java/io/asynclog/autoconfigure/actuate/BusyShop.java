package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Logs what a shop logs, some hundred records a second, more at times and less at others. */
final class BusyShop implements AutoCloseable {
    private static final String[] ITEMS = {"lamp", "chair", "teapot", "umbrella"};

    private final AsyncLogger log;
    private final Thread thread = new Thread(this::run, "orders-1");
    private volatile boolean closed;

    BusyShop(AsyncLogger log) {
        this.log = log;
    }

    void open() {
        thread.start();
    }

    private void run() {
        for (int order = 1; !closed; order++) {
            log.atInfo()
                    .addKeyValue("order", order)
                    .log("Order {} placed: {} of {}", order, order % 3 + 1, ITEMS[order % ITEMS.length]);
            if (order % 997 == 0) {
                log.warn("Stock of {} is low", ITEMS[order % ITEMS.length]);
            }
            if (order % 4999 == 0) {
                log.error("Payment of order {} failed", order, new IllegalStateException("card declined"));
            }
            double perSecond = 500 + 300 * Math.sin(order / 4000.0);
            LockSupport.parkNanos((long) (TimeUnit.SECONDS.toNanos(1) / perSecond));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
