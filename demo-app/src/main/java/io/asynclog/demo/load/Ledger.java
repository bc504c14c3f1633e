package io.asynclog.demo.load;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogStatus;
import io.asynclog.consumer.SinkStatus;
import java.util.Map;
import java.util.TreeMap;

/**
 * The engine's books, or what happened between two looks into them.
 *
 * @param accepted records the buffer has taken
 * @param dropped records the buffer has not taken, as it was full
 * @param sinks what became of the records taken, by sink
 */
record Ledger(long accepted, long dropped, Map<String, Account> sinks) {
    /**
     * What became of the records taken, at one sink.
     *
     * @param flushed records it has flushed
     * @param failed records it refused for good
     * @param dropped records it was not given
     * @param filtered records that were not meant for it
     * @param depth records it has still to pass
     */
    record Account(long flushed, long failed, long dropped, long filtered, long depth) {
        private static Account of(SinkStatus sink) {
            return new Account(sink.flushed(), sink.failed(), sink.dropped().total(), sink.filtered(), sink.depth());
        }

        private Account minus(Account other) {
            return new Account(
                    flushed - other.flushed,
                    failed - other.failed,
                    dropped - other.dropped,
                    filtered - other.filtered,
                    depth - other.depth);
        }

        private long passed() {
            return flushed + failed + dropped + filtered;
        }
    }

    static Ledger of(AsyncLogManager manager) {
        AsyncLogStatus status = manager.status();
        Map<String, Account> sinks = new TreeMap<>();
        status.sinks().forEach(sink -> sinks.put(sink.name(), Account.of(sink)));
        return new Ledger(status.buffer().accepted(), status.buffer().dropped(), sinks);
    }

    Ledger since(Ledger before) {
        Map<String, Account> difference = new TreeMap<>();
        sinks.forEach((name, account) -> {
            Account earlier = before.sinks.get(name);
            difference.put(name, earlier == null ? account : account.minus(earlier));
        });
        return new Ledger(accepted - before.accepted, dropped - before.dropped, difference);
    }

    /**
     * Returns whether every record that was logged meanwhile was taken or dropped and, once all are flushed, was passed
     * by each sink. The depth says nothing of that: the engine makes it the rest.
     */
    boolean accountsFor(long logged, boolean flushed) {
        long taken = logged - dropped;
        return accepted >= taken
                && (!flushed || sinks.values().stream().allMatch(account -> account.passed() >= taken));
    }
}
