package io.asynclog.snippets;

import io.asynclog.AsyncLogger;
import java.util.concurrent.TimeUnit;
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

    // tag::wait[]
    @Transactional
    public void pay(String order) {
        jdbc.update("update orders set paid = true where id = ?", order);
        log.infoAsync("Payment of order {} requested", order)
                .orTimeout(5, TimeUnit.SECONDS)
                .join(); // or it throws
    }
    // end::wait[]
}
