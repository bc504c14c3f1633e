package io.asynclog.snippets;

import io.asynclog.AsyncLogger;
import io.asynclog.LogReceipt;
import java.util.concurrent.CompletableFuture;
import org.slf4j.event.Level;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class OrderBook {
    private final JdbcTemplate jdbc;
    private final AsyncLogger log;

    OrderBook(JdbcTemplate jdbc, AsyncLogger log) {
        this.jdbc = jdbc;
        this.log = log;
    }

    // tag::bind[]
    @Transactional
    public void place(String order) {
        log.afterCommit().info("Order {} is placed", order); // logged when, and if, that is true
        log.afterRollback().warn("Order {} could not be placed", order);
        jdbc.update("insert into orders (id, paid) values (?, false)", order);
    }
    // end::bind[]

    // tag::stored[]
    @Transactional
    public void pay(String order) {
        jdbc.update("update orders set paid = true where id = ?", order);
        LogReceipt receipt = log.logStored(Level.INFO, "Payment of order {} requested", order);
        if (!receipt.isLogged()) { // logged nowhere: the level is disabled, or the engine is
            throw new IllegalStateException("No audit, so no payment of order " + order);
        }
    }
    // end::stored[]

    // tag::structured[]
    CompletableFuture<LogReceipt> cancel(String order, String reason) {
        return log.atWarn()
                .addKeyValue("order", order)
                .addKeyValue("reason", reason)
                .logAsync("Order cancelled");
    }
    // end::structured[]
}
