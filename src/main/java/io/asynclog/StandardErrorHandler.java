package io.asynclog;

import io.asynclog.internal.Failures;
import io.asynclog.layout.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Prints troubles to standard error, each in a line and by a thread of its own: a pipe that nobody reads any more holds
 * up whoever writes to it, and that would be the loop of a sink, the housekeeping, or a shutdown. Whoever tells of a
 * trouble waits until it is printed, so that nothing is lost when the JVM ends right after, but for a bounded time;
 * what comes while standard error still hangs is not printed. Where there is no thread to be had the caller prints.
 */
final class StandardErrorHandler implements ErrorHandler {
    private static final long MAX_WAIT_MILLIS = 1000;

    /** The thread that was last found to hang. Volatile: written and read by whoever tells. */
    private volatile @Nullable Thread hanging;

    @Override
    public void onError(String message, @Nullable Throwable cause) {
        Thread before = hanging;
        if ((before != null && before.isAlive()) || Thread.currentThread() instanceof Printer) {
            return; // who prints has no trouble of the engine's, but one of standard error
        }
        // A sink's exception may quote the record that it failed with.
        String line = SafeText.escape("asynclog: " + message + (cause == null ? "" : ": " + Failures.describe(cause)));
        Printer printer = new Printer(line);
        try {
            printer.start();
        } catch (OutOfMemoryError noThread) {
            System.err.println(line);
            return;
        }
        hanging = isDone(printer) ? null : printer;
    }

    /** Waits for the thread, for a thread that is interrupted, too. */
    private static boolean isDone(Thread printer) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + MAX_WAIT_MILLIS * 1_000_000L;
        for (long left = MAX_WAIT_MILLIS; left > 0 && printer.isAlive(); ) {
            try {
                printer.join(left);
            } catch (InterruptedException meanwhile) {
                interrupted = true;
            }
            left = (deadline - System.nanoTime()) / 1_000_000L;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !printer.isAlive();
    }

    private static final class Printer extends Thread {
        private final String line;

        Printer(String line) {
            super("asynclog-errors");
            setDaemon(true);
            this.line = line;
        }

        @Override
        public void run() {
            System.err.println(line);
        }
    }
}
