package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.asynclog.AsyncLogger;
import io.asynclog.LogReceipt;
import io.asynclog.TransactionBinding;
import io.asynclog.TransactionBinding.Outcome;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class PassThroughLoggerTests {
    private final LogbackEvents events = new LogbackEvents(PassThroughLoggerTests.class.getName());
    private final AsyncLogger log =
            new PassThroughLogger(events.logger(), new TransactionalCalls(TransactionBinding.none()));

    @AfterEach
    void stopListening() {
        events.close();
    }

    @Test
    void whereACallIsMadeIsWhatTheLoggingSystemSees() {
        log.info("plain {}", 1);
        log.info("{} and {} and {}", 1, 2, 3);
        log.info("{} and {} and {} and {}", 1, 2, 3, 4);
        log.warn("with an exception", new IllegalStateException());
        log.atInfo().addArgument(2).log("fluent {}");
        assertThat(log.atInfo().logAsync("awaited {}", 3)).isCompletedWithValue(LogReceipt.PASSED_ON);

        assertThat(events.messages())
                .containsExactly(
                        "plain 1",
                        "1 and 2 and 3",
                        "1 and 2 and 3 and 4",
                        "with an exception",
                        "fluent 2",
                        "awaited 3");
        assertThat(events.all())
                .extracting(event -> event.getCallerData()[0].getMethodName())
                .containsOnly("whereACallIsMadeIsWhatTheLoggingSystemSees");
    }

    @Test
    void theReceiptSaysWhetherTheRecordWasPassedOn() {
        assertThat(log.infoAsync("m")).isCompletedWithValue(LogReceipt.PASSED_ON);
        assertThat(log.logStored(Level.INFO, "m")).isEqualTo(LogReceipt.PASSED_ON);
        assertThat(log.debugAsync("m")).isCompletedWithValue(LogReceipt.DISABLED);
        assertThat(log.logStored(Level.DEBUG, "m")).isEqualTo(LogReceipt.DISABLED);
        assertThat(LogReceipt.PASSED_ON.isLogged()).isFalse();
        assertThat(events.messages()).hasSize(2);
    }

    @Test
    void aRecordThatTheLoggingSystemRefusesKeepsNoneBehindItBack() {
        TransactionalViewsContract.OneTransaction transaction = new TransactionalViewsContract.OneTransaction();
        AsyncLogger view = new PassThroughLogger(events.logger(), new TransactionalCalls(transaction)).afterCommit();
        CompletableFuture<LogReceipt> refused = view.infoAsync("refused");
        CompletableFuture<LogReceipt> next = view.infoAsync("next");
        RuntimeException full = new IllegalStateException("no room");
        events.refuse("refused", full);
        assertThatThrownBy(() -> transaction.end(Outcome.COMMITTED)).isSameAs(full);
        assertThat(refused).isCompletedExceptionally();
        assertThat(next).isCompletedWithValue(LogReceipt.PASSED_ON);
        assertThat(events.messages()).containsExactly("next");
    }

    @Test
    void anErrorOfTheLoggingSystemKeepsNoneBehindItBackEither() {
        TransactionalViewsContract.OneTransaction transaction = new TransactionalViewsContract.OneTransaction();
        AsyncLogger view = new PassThroughLogger(events.logger(), new TransactionalCalls(transaction)).afterCommit();
        view.info("broken");
        CompletableFuture<LogReceipt> next = view.infoAsync("next");
        Error gone = new NoClassDefFoundError("gone with the application");
        events.refuse("broken", gone);
        assertThatThrownBy(() -> transaction.end(Outcome.COMMITTED)).isSameAs(gone);
        assertThat(next).isCompletedWithValue(LogReceipt.PASSED_ON);
    }

    @Test
    void whatIsThrownWithoutBeingDeclaredArrivesWithWhatCameAfterIt() {
        TransactionalViewsContract.OneTransaction transaction = new TransactionalViewsContract.OneTransaction();
        AsyncLogger view = new PassThroughLogger(events.logger(), new TransactionalCalls(transaction)).afterCommit();
        view.info("undeclared");
        view.info("full");
        IOException undeclared = new IOException("of an appender in Kotlin");
        RuntimeException full = new IllegalStateException("no room");
        events.refuse("undeclared", undeclared);
        events.refuse("full", full);
        assertThatIllegalStateException()
                .isThrownBy(() -> transaction.end(Outcome.COMMITTED))
                .withCause(undeclared);
        assertThat(undeclared).hasSuppressedException(full);
    }

    @Test
    void valuesArriveAsTheyAre() {
        IllegalStateException cause = new IllegalStateException("cause");
        IllegalArgumentException argument = new IllegalArgumentException("argument");
        log.atInfo().addKeyValue("order", 4711).setCause(cause).log("failed for {}", argument);

        ILoggingEvent event = events.all().get(0);
        assertThat(event.getMessage()).isEqualTo("failed for {}");
        assertThat(event.getArgumentArray()).containsExactly(argument);
        assertThat(event.getKeyValuePairs().get(0).value).isEqualTo(4711);
        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("cause");
    }
}
