package io.asynclog.autoconfigure.transaction;

import io.asynclog.AsyncLogger;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.event.Level;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** A service with a database. */
class Shop {
    private final FragileDataSource dataSource;
    private final JdbcTemplate jdbc;
    private final PlatformTransactionManager transactions;
    private final ApplicationEventPublisher events;
    private final AsyncLogger log;

    Shop(
            FragileDataSource dataSource,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            AsyncLogger log) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactions = transactions;
        this.events = events;
        this.log = log;
        jdbc.execute("create table orders (id varchar(100))");
    }

    DataSource dataSource() {
        return dataSource;
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(transactions);
    }

    TransactionTemplate transaction(int propagation) {
        TransactionTemplate template = transaction();
        template.setPropagationBehavior(propagation);
        return template;
    }

    void insert(String order) {
        jdbc.update("insert into orders values (?)", order);
    }

    List<String> orders() {
        return jdbc.queryForList("select id from orders", String.class);
    }

    void failCommits(SQLException failure) {
        dataSource.failCommits(failure);
    }

    @Transactional
    public void place(String order) {
        log.afterCommit().info("{} placed", order);
        log.afterRollback().info("{} not placed", order);
        boolean isThere = orders().contains(order);
        insert(order);
        if (isThere) {
            throw new IllegalStateException(order + " is there");
        }
    }

    @Transactional
    public void pay(String order) {
        insert(order);
        log.infoAsync("Payment of {} requested", order).join();
    }

    @Transactional
    public void payStored(String order) {
        insert(order);
        log.logStored(Level.INFO, "Payment of {} requested", order);
    }

    @Transactional
    public void announce(String order) {
        insert(order);
        events.publishEvent(new Placed(order));
        log.afterCommit().info("{} announced", order);
    }

    /** Told after the commit, with a transaction of its own, as Spring demands. */
    @TransactionalEventListener
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void sendMail(Placed placed) {
        String mail = "mail for " + placed.order();
        insert(mail);
        log.info("{} sent", mail);
        log.afterCommit().info("{} noted", mail);
    }

    record Placed(String order) {}
}
