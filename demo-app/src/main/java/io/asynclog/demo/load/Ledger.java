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
    private static final int MAX_LOOKS = 1000;

    /**
     * What became of the records taken, at one sink.
     *
     * @param flushed records it has flushed
     * @param failed records it refused for good
     * @param dropped records it was not given
     * @param filtered records below its level
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

        private long sum() {
            return flushed + failed + dropped + filtered + depth;
        }
    }

    /**
     * Reads the books. The figures are not read in one instant, so where they differ as others log meanwhile, it looks
     * again.
     */
    static Ledger of(AsyncLogManager manager) {
        Ledger ledger = read(manager.status());
        for (int looks = 1; looks < MAX_LOOKS && !ledger.addsUp(); looks++) {
            ledger = read(manager.status());
        }
        return ledger;
    }

    private static Ledger read(AsyncLogStatus status) {
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

    /** Returns whether each sink accounts for every record that was taken. */
    boolean addsUp() {
        return sinks.values().stream().allMatch(account -> account.sum() == accepted);
    }
}
