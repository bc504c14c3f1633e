package io.asynclog.snippets;

import io.asynclog.AsyncLogger;
import org.slf4j.event.Level;

class TransferService {
    private final AsyncLogger log;
    private final Accounts accounts;

    TransferService(AsyncLogger log, Accounts accounts) {
        this.log = log;
        this.accounts = accounts;
    }

    // tag::stored[]
    void transfer(String from, String to, long cents) { // in a transaction, which an exception rolls back
        accounts.move(from, to, cents);
        log.logStored(Level.INFO, "Transfer of {} cents from {} to {} requested", cents, from, to);
    }
    // end::stored[]

    /** Moves money. */
    interface Accounts {
        void move(String from, String to, long cents);
    }
}
