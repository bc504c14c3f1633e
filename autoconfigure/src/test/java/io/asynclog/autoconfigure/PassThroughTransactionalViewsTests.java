package io.asynclog.autoconfigure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.asynclog.AsyncLogger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/** The troubles go where the records go, as warnings; so no record of the contract is one. */
class PassThroughTransactionalViewsTests extends TransactionalViewsContract {
    private final Logger target = (Logger) LoggerFactory.getLogger(PassThroughTransactionalViewsTests.class);
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    @BeforeEach
    void listen() {
        events.start();
        target.setLevel(Level.INFO);
        target.addAppender(events);
    }

    @AfterEach
    void stopListening() {
        target.detachAppender(events);
        target.setLevel(null);
    }

    @Override
    AsyncLogger log() {
        return new PassThroughLogger(target, transactions);
    }

    @Override
    List<String> logged() {
        return messages(false);
    }

    @Override
    List<String> troubles() {
        return messages(true);
    }

    private List<String> messages(boolean troubles) {
        return events.list.stream()
                .filter(event -> troubles == (event.getLevel() == Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
