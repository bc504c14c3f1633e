package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.asynclog.AsyncLogger;
import io.asynclog.LogReceipt;
import io.asynclog.TransactionBinding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PassThroughLoggerTests {
    private final Logger target = (Logger) LoggerFactory.getLogger(PassThroughLoggerTests.class);
    private final ListAppender<ILoggingEvent> events = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.getCallerData(); // which Logback reads off the stack when it is first asked for
            super.append(event);
        }
    };
    private final AsyncLogger log = new PassThroughLogger(target, TransactionBinding.none());

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

    @Test
    void whereACallIsMadeIsWhatTheLoggingSystemSees() {
        log.info("plain {}", 1);
        log.warn("with an exception", new IllegalStateException());
        log.atInfo().addArgument(2).log("fluent {}");
        assertThat(log.atInfo().logAsync("awaited {}", 3)).isCompletedWithValue(LogReceipt.DISABLED);

        assertThat(events.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("plain 1", "with an exception", "fluent 2", "awaited 3");
        assertThat(events.list)
                .extracting(event -> event.getCallerData()[0].getMethodName())
                .containsOnly("whereACallIsMadeIsWhatTheLoggingSystemSees");
    }

    @Test
    void valuesArriveAsTheyAre() {
        IllegalStateException cause = new IllegalStateException("cause");
        IllegalArgumentException argument = new IllegalArgumentException("argument");
        log.atInfo().addKeyValue("order", 4711).setCause(cause).log("failed for {}", argument);

        ILoggingEvent event = events.list.get(0);
        assertThat(event.getMessage()).isEqualTo("failed for {}");
        assertThat(event.getArgumentArray()).containsExactly(argument);
        assertThat(event.getKeyValuePairs().get(0).value).isEqualTo(4711);
        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("cause");
    }
}
