package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.AsyncLogManager;
import io.asynclog.EngineFixture;
import org.junit.jupiter.api.Test;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.Level;

/** A call that breaks off must not cost its thread the encoder for good. */
class LostEncoderTest {
    private final AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {});

    @Test
    void callThatBreaksOffCostsItsThreadNoEncoderForGood() {
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().buffer(buffer))) {
            DefaultLoggingEvent broken = new DefaultLoggingEvent(Level.INFO, null) {
                @Override
                public Object[] getArgumentArray() {
                    throw new IllegalStateException("broken");
                }
            };
            assertThatThrownBy(() -> ((org.slf4j.spi.LoggingEventAware) engine.log).log(broken))
                    .hasMessage("broken");

            assertOwnEncoderComesBack();
        }
    }

    private void assertOwnEncoderComesBack() {
        for (int i = 0; i < 2000; i++) {
            buffer.releaseEncoder(buffer.leaseEncoder());
        }
        RecordEncoder encoder = buffer.leaseEncoder();
        assertThat(encoder.owned()).isNotNull();
        buffer.releaseEncoder(encoder);
    }
}
