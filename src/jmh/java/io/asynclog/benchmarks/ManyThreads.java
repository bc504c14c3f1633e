package io.asynclog.benchmarks;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Virtual threads, which came with Java 21; before that, a pool. The code is compiled for Java 17, which knows no
 * better.
 */
final class ManyThreads {
    private static final int POOL = 200;

    private ManyThreads() {}

    static boolean areVirtual() {
        return Runtime.version().feature() >= 21;
    }

    static String description() {
        return areVirtual() ? "virtual threads" : "tasks on " + POOL + " platform threads (Java 21 has virtual ones)";
    }

    /**
     * Returns an executor whose threads have no names, as virtual ones have none, so that lines are of the same length.
     */
    static ExecutorService newExecutor() {
        if (!areVirtual()) {
            return Executors.newFixedThreadPool(POOL, task -> new Thread(task, ""));
        }
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
