package io.asynclog.sink;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread for the rolled files of a sink, there only while there is something to do. */
final class ArchiveThread implements Executor {
    private static final long IDLE_MILLIS = 100;

    private final ThreadPoolExecutor executor;

    ArchiveThread() {
        executor = new ThreadPoolExecutor(
                1, 1, IDLE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), ArchiveThread::newThread);
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "asynclog-archives");
        thread.setDaemon(true);
        return thread;
    }
}
