package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What an application would write around a {@link Journal} to know that its lines are safe: callers hand their line to
 * one thread and wait; it appends what there is, forces it, and lets them go on.
 */
final class JournalWriter implements Contender.Log {
    private static final int GROUP = 10_000;

    private final Journal journal;
    private final int groupLimit;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();

    private JournalWriter(Journal journal, int groupLimit) {
        this.journal = journal;
        this.groupLimit = groupLimit;
    }

    /** One force for all lines that wait for one. */
    static Contender.Log grouped(Journal journal) {
        return new JournalWriter(journal, GROUP).start();
    }

    /** One force a line. */
    static Contender.Log single(Journal journal) {
        return new JournalWriter(journal, 1).start();
    }

    /** No force at all: callers append themselves, one after the other, and go on. */
    static Contender.Log unforced(Journal journal) {
        ReentrantLock lock = new ReentrantLock();
        return (phase, id) -> {
            String line = JournalLine.of(phase, id);
            lock.lock();
            try {
                journal.append(line);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } finally {
                lock.unlock();
            }
        };
    }

    private JournalWriter start() {
        Thread thread = new Thread(this::loop, "journal");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    @Override
    public void log(String phase, String id) {
        Waiting waiting = new Waiting(JournalLine.of(phase, id));
        queue.add(waiting);
        Object ignored = waiting.join();
    }

    private void loop() {
        List<Waiting> group = new ArrayList<>();
        while (true) {
            try {
                group.add(queue.take());
                int ignored = queue.drainTo(group, groupLimit - 1);
                for (Waiting waiting : group) {
                    journal.append(waiting.line);
                }
                journal.force();
                group.forEach(waiting -> waiting.complete(null));
            } catch (IOException | InterruptedException | RuntimeException | Error failure) {
                group.forEach(waiting -> waiting.completeExceptionally(failure));
            }
            group.clear();
        }
    }

    private static final class Waiting extends CompletableFuture<Void> {
        private final String line;

        Waiting(String line) {
            this.line = line;
        }
    }
}
