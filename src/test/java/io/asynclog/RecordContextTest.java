package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.asynclog.buffer.BufferOptions;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.Level;
import org.slf4j.helpers.NOPLogger;

class RecordContextTest {
    private @Nullable Map<String, String> context;

    @Test
    void recordHasTheContextOfItsCall() {
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().context(() -> context))) {
            engine.log.info("none");
            context = Map.of();
            engine.log.info("empty");
            Map<String, String> values = new HashMap<>(Map.of("user", "ann"));
            context = values;
            engine.log.info("plain");
            values.put("user", "bob");
            values.put("tenant", null);
            var unused = engine.log.infoAsync("awaited");
            values.put("tenant", "acme");
            engine.log.atInfo().log("fluent");
            values.clear();

            assertThat(engine.flushed())
                    .extracting(LogRecord::context)
                    .containsExactly(
                            Map.of(),
                            Map.of(),
                            Map.of("user", "ann"),
                            Map.of("user", "bob"),
                            Map.of("user", "bob", "tenant", "acme"));
        }
    }

    @Test
    void withoutAnImplementationOfSlf4jThereIsNone() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("a record");

            assertThat(engine.only().context()).isEmpty();
        }
    }

    @Test
    void sourceThatThrowsBreaksNoCallAndIsToldOnce() {
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().context(() -> {
            if (context == null) {
                throw new IllegalStateException("no context");
            }
            return context;
        }))) {
            engine.log.info("first");
            engine.log.info("second");
            context = Map.of("user", "ann");
            engine.log.info("third");

            assertThat(engine.flushed())
                    .extracting(LogRecord::message, LogRecord::context)
                    .containsExactly(
                            tuple("first", Map.of()), tuple("second", Map.of()), tuple("third", Map.of("user", "ann")));
            assertThat(engine.errors.messages()).singleElement().asString().contains("context of callers");
        }
    }

    @Test
    void errorOfTheVirtualMachineEndsTheCallAndNoOther() {
        boolean[] full = {true};
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().context(() -> {
            if (full[0]) {
                throw new StackOverflowError();
            }
            return null;
        }))) {
            assertThatThrownBy(() -> engine.log.info("first")).isInstanceOf(StackOverflowError.class);
            full[0] = false;
            engine.log.info("second");

            assertThat(engine.only().message()).isEqualTo("second");
        }
    }

    @Test
    void mapThatThrowsMidwayLeavesTheRecordWhole() {
        Map<String, String> changing = new HashMap<>(Map.of("never", "read")) {
            @Override
            public void forEach(BiConsumer<? super String, ? super String> action) {
                action.accept("user", "ann");
                throw new ConcurrentModificationException("changed meanwhile");
            }
        };
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().context(() -> changing))) {
            engine.log.info("a record", new IllegalStateException("with an exception"));

            LogRecord record = engine.only();
            assertThat(record.context()).isEqualTo(Map.of("user", "ann"));
            assertThat(record.exception()).startsWith("java.lang.IllegalStateException: with an exception\n");
            assertThat(engine.errors.messages()).hasSize(1);
        }
    }

    @Test
    void eventThatIsAContextSourceBringsItsOwn() {
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder()
                .context(() -> Map.of("from", "the engine"))
                .bufferOptions(BufferOptions.defaults().withMaskedKeys(Set.of("token"))))) {
            engine.log.log(new EventWithContext(() -> Map.of("user", "ann", "token", "secret")));
            engine.log.log(new EventWithContext(() -> null));
            engine.log.log(new EventWithContext(() -> {
                throw new IllegalStateException("no context");
            }));
            var unused = engine.log.logAsync(new EventWithContext(() -> Map.of("user", "bob")));

            assertThat(engine.flushed())
                    .extracting(LogRecord::context)
                    .containsExactly(Map.of("user", "ann", "token", "***"), Map.of(), Map.of(), Map.of("user", "bob"));
            assertThat(engine.errors.messages()).singleElement().asString().contains("context of callers");
        }
    }

    private static final class EventWithContext extends DefaultLoggingEvent implements ContextSource {
        private final ContextSource source;

        EventWithContext(ContextSource source) {
            super(Level.INFO, NOPLogger.NOP_LOGGER);
            this.source = source;
            setMessage("a record");
        }

        @Override
        public @Nullable Map<String, String> current() {
            return source.current();
        }
    }
}
