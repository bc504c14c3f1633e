package io.asynclog.autoconfigure.transaction;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.ErrorHandler;
import io.asynclog.FlushFunction;
import io.asynclog.LogReceipt;
import io.asynclog.LogRecord;
import io.asynclog.LogShutdownException;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.RecordingSink;
import io.asynclog.consumer.SinkStatus;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Records that are bound to transactions of Spring, on a database. */
class TransactionTests {
    private final RecordingSink sink = new RecordingSink();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogTransactionAutoConfiguration.class))
            .withUserConfiguration(ShopConfiguration.class)
            .withBean("sink", FlushFunction.class, () -> sink)
            .withBean(ErrorHandler.class, () -> (message, cause) -> errors.add(message))
            .withPropertyValues("asynclog.console.enabled=false");

    @AfterEach
    void clear() {
        MDC.clear();
    }

    /** Does something in a context with a shop. */
    private void run(Work work) {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            work.with(context.getBean(Shop.class), context.getBean(AsyncLogger.class));
        });
    }

    private interface Work {
        void with(Shop shop, AsyncLogger log) throws Exception;
    }

    private List<String> logged(AsyncLogger log) {
        assertThat(log.flushAsync()).succeedsWithin(DEADLINE);
        return sink.messages();
    }

    @Test
    void commitLogsWhatWaitsForIt() {
        run((shop, log) -> {
            shop.transaction().executeWithoutResult(status -> {
                shop.insert("o-1");
                log.afterCommit().info("placed");
                log.afterRollback().info("not placed");
                assertThat(logged(log)).isEmpty();
            });
            assertThat(logged(log)).containsExactly("placed");
            assertThat(shop.orders()).containsExactly("o-1");
        });
    }

    @Test
    void rollbackLogsWhatWaitsForIt() {
        run((shop, log) -> {
            shop.transaction().executeWithoutResult(status -> {
                shop.insert("o-1");
                log.afterCommit().info("placed");
                log.afterRollback().info("not placed");
                status.setRollbackOnly();
            });
            assertThat(logged(log)).containsExactly("not placed");
            assertThat(shop.orders()).isEmpty();
        });
    }

    @Test
    void annotatedMethodCommitsAndRollsBackToo() {
        run((shop, log) -> {
            shop.place("o-1");
            assertThatThrownBy(() -> shop.place("o-1")).hasMessageContaining("o-1 is there");
            assertThat(logged(log)).containsExactly("o-1 placed", "o-1 not placed");
            assertThat(shop.orders()).containsExactly("o-1");
        });
    }

    @Test
    void newTransactionWithinAnotherHasItsOwnRecords() {
        run((shop, log) -> {
            shop.transaction().executeWithoutResult(outer -> {
                log.afterCommit().info("outer committed");
                log.afterRollback().info("outer rolled back");
                shop.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult(inner -> {
                    shop.insert("inner");
                    log.afterCommit().info("inner committed");
                });
                assertThat(logged(log)).containsExactly("inner committed");
                log.afterRollback().info("outer rolled back, too");
                outer.setRollbackOnly();
            });
            assertThat(logged(log)).containsExactly("inner committed", "outer rolled back", "outer rolled back, too");
            assertThat(shop.orders()).containsExactly("inner");
        });
    }

    @Test
    void methodThatTakesPartInATransactionEndsWithIt() {
        run((shop, log) -> {
            assertThatThrownBy(() -> shop.transaction().executeWithoutResult(outer -> {
                        log.afterCommit().info("outer");
                        shop.transaction().executeWithoutResult(inner -> {
                            log.afterCommit().info("inner");
                            log.afterRollback().info("inner rolled back");
                            inner.setRollbackOnly();
                        });
                        assertThat(logged(log)).isEmpty();
                    }))
                    .isInstanceOf(UnexpectedRollbackException.class);
            assertThat(logged(log)).containsExactly("inner rolled back");
        });
    }

    @Test
    void savepointCountsForNothing() {
        run((shop, log) -> {
            shop.transaction().executeWithoutResult(outer -> shop.transaction(TransactionDefinition.PROPAGATION_NESTED)
                    .executeWithoutResult(nested -> {
                        shop.insert("nested");
                        log.afterCommit().info("nested");
                        nested.setRollbackOnly();
                    }));
            assertThat(shop.orders()).isEmpty();
            assertThat(logged(log)).containsExactly("nested");
        });
    }

    @Test
    void outsideOfATransactionACommitIsTakenForGranted() {
        run((shop, log) -> {
            log.afterCommit().info("outside");
            log.afterRollback().info("never");
            shop.transaction(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult(none -> {
                log.afterCommit().info("in none");
                assertThat(logged(log)).containsExactly("outside", "in none");
            });
            shop.transaction().executeWithoutResult(outer -> {
                shop.transaction(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                        .executeWithoutResult(none -> log.afterCommit().info("beside one"));
                outer.setRollbackOnly();
            });
            assertThat(logged(log)).containsExactly("outside", "in none", "beside one");
        });
    }

    @Test
    void failureBeforeTheCommitIsARollback() {
        run((shop, log) -> {
            assertThatThrownBy(() -> shop.transaction().executeWithoutResult(status -> {
                        log.afterCommit().info("placed");
                        log.afterRollback().info("not placed");
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void beforeCommit(boolean readOnly) {
                                throw new IllegalStateException("not now");
                            }
                        });
                    }))
                    .hasMessage("not now");
            assertThat(logged(log)).containsExactly("not placed");
        });
    }

    @Test
    void commitThatFailsAndIsRolledBackIsARollback() {
        run((shop, log) -> {
            shop.failCommits(new SQLException("deadlock", "40001"));
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(shop.dataSource()));
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        shop.insert("o-1");
                        log.afterCommit().info("placed");
                        log.afterRollback().info("not placed");
                    }))
                    .hasRootCauseMessage("deadlock");
            assertThat(logged(log)).containsExactly("not placed");
            assertThat(errors).isEmpty();
        });
    }

    @Test
    void commitWhoseOutcomeIsUnknownIsTakenForNeitherAndReportedOnce() {
        run((shop, log) -> {
            shop.failCommits(new SQLException("connection lost"));
            TransactionTemplate transaction =
                    new TransactionTemplate(new DataSourceTransactionManager(shop.dataSource()));
            List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        shop.insert("o-1");
                        log.afterCommit().info("placed");
                        log.afterRollback().info("not placed");
                        futures.add(log.afterCommit().infoAsync("awaited"));
                    }))
                    .isInstanceOf(TransactionSystemException.class);
            assertThat(futures.get(0))
                    .failsWithin(DEADLINE)
                    .withThrowableThat()
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageContaining("unknown");
            assertThat(logged(log)).isEmpty();
            assertThat(errors).singleElement().asString().contains("unknown").endsWith(": 3");
        });
    }

    @Test
    void recordIsTakenAtTheCall() {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        FlushFunction copies = batch -> batch.forEach(record -> records.add(record.copy()));
        runner.withBean("copies", FlushFunction.class, () -> copies).run(context -> {
            Shop shop = context.getBean(Shop.class);
            AsyncLogger log = context.getBean(AsyncLogger.class);
            StringBuilder order = new StringBuilder("o-1");
            long[] called = new long[1];
            shop.transaction().executeWithoutResult(status -> {
                MDC.put("user", "ann");
                log.afterCommit().atInfo().addKeyValue("order", order).log("placed {}", order);
                called[0] = System.currentTimeMillis();
                MDC.put("user", "bob");
                order.append(" and o-2");
                while (System.currentTimeMillis() <= called[0] + 100) {
                    Thread.onSpinWait();
                }
            });
            logged(log);
            assertThat(records).singleElement().satisfies(record -> {
                assertThat(record.message()).isEqualTo("placed o-1");
                assertThat(record.keyValues()).containsEntry("order", "o-1");
                assertThat(record.context()).containsEntry("user", "ann");
                // The engine's clock may be ahead by as long as the measurement of its offset was interrupted.
                assertThat(record.timestamp().toEpochMilli()).isLessThan(called[0] + 50);
            });
        });
    }

    @Test
    void futureTellsWhatBecameOfTheRecord() {
        run((shop, log) -> {
            List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
            for (boolean rollBack : List.of(false, true)) {
                shop.transaction().executeWithoutResult(status -> {
                    futures.add(log.afterCommit().infoAsync("placed"));
                    futures.add(log.afterRollback().infoAsync("not placed"));
                    if (rollBack) {
                        status.setRollbackOnly();
                    }
                });
            }
            assertThat(futures)
                    .extracting(
                            future -> future.get(DEADLINE.toSeconds(), SECONDS).status())
                    .containsExactly(
                            LogReceipt.Status.FLUSHED,
                            LogReceipt.Status.DISCARDED,
                            LogReceipt.Status.DISCARDED,
                            LogReceipt.Status.FLUSHED);
        });
    }

    @Test
    void transactionThatWaitsForItsAuditRecordRollsBackWithoutIt() {
        AtomicBoolean broken = new AtomicBoolean(true);
        FlushFunction audit = batch -> {
            if (broken.get()) {
                throw new IllegalStateException("The audit store is down");
            }
        };
        runner.withBean("audit", FlushFunction.class, () -> audit)
                .withPropertyValues(
                        "asynclog.sinks.audit.retry.max-attempts=1",
                        "asynclog.sinks.audit.retry.initial-delay=1ms",
                        "asynclog.sinks.audit.retry.max-delay=1ms")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    assertThatThrownBy(() -> shop.pay("o-1"))
                            .isInstanceOf(CompletionException.class)
                            .hasRootCauseMessage("The audit store is down");
                    assertThat(shop.orders()).isEmpty();
                    broken.set(false);
                    // Until then a failure that is under way would be one of the next payment, too.
                    AsyncLogManager manager = context.getBean(AsyncLogManager.class);
                    await().untilAsserted(() -> assertThat(manager.status().sink("audit"))
                            .extracting(SinkStatus::state, SinkStatus::depth)
                            .containsExactly(SinkStatus.State.RUNNING, 0L));
                    shop.pay("o-1");
                    assertThat(shop.orders()).containsExactly("o-1");
                });
    }

    @Test
    void aTransactionWhoseRecordIsStoredCommitsAndOneWhoseRecordCannotBeStoredIsRolledBack(@TempDir Path folder) {
        runner.withPropertyValues("asynclog.buffer.directory=" + folder.resolve("buffer"))
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    shop.payStored("o-1");
                    context.getBean(AsyncLogManager.class).close();
                    assertThatThrownBy(() -> shop.payStored("o-2")).isInstanceOf(LogShutdownException.class);
                    assertThat(shop.orders()).containsExactly("o-1");
                });
        run((shop, log) -> {
            assertThatThrownBy(() -> shop.payStored("o-3"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'buffer.directory'");
            assertThat(shop.orders()).isEmpty();
        });
    }

    @Test
    void aRecordThatIsBoundCannotBeWaitedForWithin() {
        run((shop, log) -> assertThatThrownBy(() -> shop.transaction()
                        .executeWithoutResult(status -> log.afterCommit().logStored(Level.INFO, "waits for itself")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bound to a transaction"));
    }

    @Test
    void recordsStandBeforeWhatIsLoggedInAnswerToTheEnd() {
        run((shop, log) -> {
            shop.transaction().executeWithoutResult(status -> {
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCompletion(int ignored) {
                        log.info("told of the end");
                        log.afterCommit().info("for whoever is told, it has ended");
                        log.afterRollback().info("and was not rolled back");
                    }
                });
                IntStream.range(0, 3).forEach(i -> log.afterCommit().info("{}", i));
            });
            assertThat(logged(log))
                    .containsExactly("0", "1", "2", "told of the end", "for whoever is told, it has ended");
        });
    }

    @Test
    void recordOfACallbackBeforeOrAfterTheCommitIsBoundAsWell() {
        run((shop, log) -> {
            shop.transaction()
                    .executeWithoutResult(status ->
                            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                                @Override
                                public void beforeCommit(boolean readOnly) {
                                    log.afterCommit().info("before");
                                }

                                @Override
                                public void afterCommit() {
                                    log.afterCommit().info("after");
                                    assertThat(logged(log)).isEmpty();
                                }
                            }));
            assertThat(logged(log)).containsExactly("before", "after");
        });
    }

    @Test
    void callbackThatFailsTakesNoRecordWithIt() {
        run((shop, log) -> {
            assertThatThrownBy(() -> shop.transaction().executeWithoutResult(status -> {
                        log.afterCommit().info("placed");
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                                throw new IllegalStateException("no mail");
                            }
                        });
                    }))
                    .hasMessage("no mail");
            assertThat(logged(log)).containsExactly("placed");
        });
    }

    @Test
    void listenersToEventsMayBindInTheirTurn() {
        run((shop, log) -> {
            shop.announce("o-1");
            assertThat(logged(log)).containsExactly("o-1 announced", "mail for o-1 sent", "mail for o-1 noted");
            assertThat(shop.orders()).containsExactlyInAnyOrder("o-1", "mail for o-1");
        });
    }

    @Test
    void transactionIsToldOnceHoweverManyRecords() {
        run((shop, log) -> {
            shop.transaction().executeWithoutResult(status -> {
                IntStream.range(0, 1000).forEach(i -> log.afterCommit().info("{}", i));
                assertThat(TransactionSynchronizationManager.getSynchronizations())
                        .filteredOn(each -> each.getClass().getName().startsWith("io.asynclog"))
                        .hasSize(1);
            });
            assertThat(logged(log))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
        });
    }
}
