package io.asynclog.autoconfigure.transaction;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.LogReceipt;
import io.asynclog.TransactionBinding;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.DisabledAsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.LogbackEvents;
import io.asynclog.autoconfigure.RecordingSink;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TransactionAutoConfigurationTests {
    private final RecordingSink sink = new RecordingSink();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AsyncLogAutoConfiguration.class,
                    DisabledAsyncLogAutoConfiguration.class,
                    AsyncLogTransactionAutoConfiguration.class))
            .withBean("sink", FlushFunction.class, () -> sink)
            .withPropertyValues("asynclog.console.enabled=false");

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void bindingIsThereUnderItsName() {
        runner.run(context ->
                assertThat(context).getBean("asyncLogTransactionBinding").isInstanceOf(SpringTransactionBinding.class));
    }

    @Test
    void bindingBacksOffForOneOfTheApplicationWhichIsUsed() {
        OneTransaction own = new OneTransaction();
        runner.withBean("own", TransactionBinding.class, () -> own).run(context -> {
            assertThat(context).getBean(TransactionBinding.class).isSameAs(own);
            AsyncLogger log = context.getBean(AsyncLogger.class);
            log.afterCommit().info("placed");
            assertThat(log.flushAsync()).succeedsWithin(DEADLINE);
            assertThat(sink.messages()).isEmpty();
            own.listener.accept(TransactionBinding.Outcome.COMMITTED);
            assertThat(log.flushAsync()).succeedsWithin(DEADLINE);
            assertThat(sink.messages()).containsExactly("placed");
        });
    }

    /** One transaction that begins with the first call and is ended by the test. */
    private static final class OneTransaction implements TransactionBinding {
        private Consumer<Outcome> listener;

        @Override
        @SuppressWarnings("unchecked")
        public <L extends Consumer<Outcome>> L bind(Object key, Supplier<L> factory) {
            if (listener == null) {
                listener = factory.get();
            }
            return (L) listener;
        }
    }

    @Test
    void withoutSpringTransactionsThereAreNone() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(TransactionBinding.class);
                    AsyncLogger log = context.getBean(AsyncLogger.class);
                    log.afterCommit().info("placed");
                    log.afterRollback().info("not placed");
                    assertThat(log.flushAsync()).succeedsWithin(DEADLINE);
                    assertThat(sink.messages()).containsExactly("placed");
                });
    }

    /** Does something in a context where the engine is disabled. */
    private void runDisabled(DisabledWork work) {
        runner.withPropertyValues("asynclog.enabled=false")
                .withUserConfiguration(ShopConfiguration.class)
                .run(context -> {
                    AsyncLogger log = context.getBean(AsyncLogger.class);
                    try (LogbackEvents events = new LogbackEvents(log.getName())) {
                        work.with(context.getBean(Shop.class), log, events);
                    }
                });
    }

    private interface DisabledWork {
        void with(Shop shop, AsyncLogger log, LogbackEvents events);
    }

    @Test
    void transactionsKeepTheirMeaningWhenTheEngineIsDisabled() {
        runDisabled((shop, log, events) -> {
            List<CompletableFuture<LogReceipt>> awaited = new ArrayList<>();
            for (boolean rollBack : List.of(false, true)) {
                String end = rollBack ? "rolled back" : "committed";
                shop.transaction().executeWithoutResult(status -> {
                    log.afterCommit().info("yes, {}", end);
                    log.afterRollback().info("no, {}", end);
                    awaited.add(log.afterCommit().infoAsync("awaited, {}", end));
                    log.info("meanwhile, {}", end);
                    if (rollBack) {
                        status.setRollbackOnly();
                    }
                });
            }
            assertThat(awaited.get(0)).isCompletedWithValue(LogReceipt.PASSED_ON);
            assertThat(awaited.get(1)).isCompletedWithValue(LogReceipt.DISCARDED);
            log.afterCommit().info("outside");
            log.afterRollback().info("nowhere");
            assertThat(events.messages())
                    .containsExactly(
                            "meanwhile, committed",
                            "yes, committed",
                            "awaited, committed",
                            "meanwhile, rolled back",
                            "no, rolled back",
                            "outside");
        });
    }

    @Test
    void recordIsThatOfTheCallWhenTheEngineIsDisabled() {
        runDisabled((shop, log, events) -> {
            shop.transaction().executeWithoutResult(status -> {
                List<Object> argument = new ArrayList<>(List.of("as it was"));
                MDC.put("user", "ann");
                log.afterCommit()
                        .atWarn()
                        .addMarker(MarkerFactory.getMarker("m"))
                        .addKeyValue("k", argument)
                        .log("{} {}", argument, new IllegalStateException("why"));
                MDC.put("user", "bob");
                argument.add("later");
            });
            assertThat(events.all()).singleElement().satisfies(event -> {
                assertThat(event.getFormattedMessage())
                        .startsWith("[as it was]")
                        .doesNotContain("later");
                assertThat(event.getMDCPropertyMap()).containsEntry("user", "ann");
                assertThat(event.getMarkerList()).hasToString("[m]");
                assertThat(event.getKeyValuePairs()).hasToString("[k=\"[as it was]\"]");
                assertThat(event.getThrowableProxy().getMessage()).isEqualTo("why");
            });
            assertThat(MDC.get("user")).isEqualTo("bob");
        });
    }

    @Test
    void unknownOutcomeIsTakenForNeitherWhenTheEngineIsDisabled() {
        runDisabled((shop, log, events) -> {
            shop.failCommits(new SQLException("connection lost"));
            TransactionTemplate transaction =
                    new TransactionTemplate(new DataSourceTransactionManager(shop.dataSource()));
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        log.afterCommit().info("placed");
                        log.afterRollback().info("not placed");
                    }))
                    .hasRootCauseMessage("connection lost");
            assertThat(events.messages())
                    .containsExactly("The outcome of a transaction is unknown; records that were bound to it and are"
                            + " withheld: 2");
        });
    }
}
