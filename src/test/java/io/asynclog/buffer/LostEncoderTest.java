package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.Ack;
import io.asynclog.AsyncLogManager;
import io.asynclog.EngineFixture;
import io.asynclog.TaskScheduler;
import io.asynclog.TransactionBinding;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.Level;

/** A call that breaks off must not cost its thread the encoder for good. */
class LostEncoderTest {
    private final AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {});

    @Test
    void recordThatItsTransactionCannotPushCostsItsThreadNoEncoderForGood() {
        OneTransaction transaction = new OneTransaction();
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder()
                .buffer(buffer)
                .scheduler(new BusyScheduler())
                .transactions(transaction))) {
            CompletableFuture<?> future = engine.log.afterCommit().logAsync(Ack.ACCEPTED, Level.INFO, "placed");
            assertThat(transaction.listener).isNotNull();
            transaction.listener.accept(TransactionBinding.Outcome.COMMITTED);

            assertThat(EngineFixture.failureOf(future)).isInstanceOf(RejectedExecutionException.class);
            assertOwnEncoderComesBack();
        }
    }

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

    private static final class OneTransaction implements TransactionBinding {
        private Consumer<Outcome> listener;

        @Override
        public <L extends Consumer<Outcome>> L bind(Object key, Supplier<L> factory) {
            L made = factory.get();
            listener = made;
            return made;
        }
    }

    /** Takes nothing. */
    private static final class BusyScheduler implements TaskScheduler {
        @Override
        public <T> CompletableFuture<T> execute(Callable<T> task) {
            throw new RejectedExecutionException("busy");
        }

        @Override
        public <T> CompletableFuture<T> schedule(Callable<T> task, Duration delay) {
            throw new RejectedExecutionException("busy");
        }

        @Override
        public Executor asExecutor() {
            return Runnable::run;
        }

        @Override
        public void close() {}
    }
}
