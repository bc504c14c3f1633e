package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.asynclog.AsyncLogger;
import io.asynclog.LogReceipt;
import io.asynclog.TransactionBinding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassThroughLoggerTests {
    private final LogbackEvents events = new LogbackEvents(PassThroughLoggerTests.class.getName());
    private final AsyncLogger log = new PassThroughLogger(events.logger(), TransactionBinding.none());

    @AfterEach
    void stopListening() {
        events.close();
    }

    @Test
    void whereACallIsMadeIsWhatTheLoggingSystemSees() {
        log.info("plain {}", 1);
        log.warn("with an exception", new IllegalStateException());
        log.atInfo().addArgument(2).log("fluent {}");
        assertThat(log.atInfo().logAsync("awaited {}", 3)).isCompletedWithValue(LogReceipt.DISABLED);

        assertThat(events.messages()).containsExactly("plain 1", "with an exception", "fluent 2", "awaited 3");
        assertThat(events.all())
                .extracting(event -> event.getCallerData()[0].getMethodName())
                .containsOnly("whereACallIsMadeIsWhatTheLoggingSystemSees");
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
