package io.asynclog.autoconfigure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.asynclog.AsyncLogger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The troubles go where the records go, as warnings; so no record of the contract is one. */
class PassThroughTransactionalViewsTests extends TransactionalViewsContract {
    private final LogbackEvents events = new LogbackEvents(PassThroughTransactionalViewsTests.class.getName());
    private final TransactionalCalls calls = new TransactionalCalls(transactions);

    @AfterEach
    void stopListening() {
        events.close();
    }

    @Override
    AsyncLogger log() {
        return new PassThroughLogger(events.logger(), calls);
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
        return events.all().stream()
                .filter(event -> troubles == (event.getLevel() == Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
