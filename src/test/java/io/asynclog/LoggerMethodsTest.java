package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;

class LoggerMethodsTest {
    private static final Marker MARKER = new BasicMarkerFactory().getMarker("AUDIT");
    private static final List<String> VALUES = List.of("one", "two", "three", "four");
    private final IllegalStateException failure = new IllegalStateException("boom");
    private static final List<String> LEVELS = Stream.of(Level.values())
            .map(level -> level.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toList());

    static Stream<Method> logMethods() {
        return Stream.of(AsyncLogger.class.getMethods()).filter(method -> LEVELS.contains(method.getName()));
    }

    @Test
    void everyLevelHasTwelveMethods() {
        assertThat(logMethods()).hasSize(5 * 12);
        assertThat(Stream.of(Logger.class.getMethods()).filter(method -> LEVELS.contains(method.getName())))
                .hasSize(5 * 10);
    }

    @ParameterizedTest
    @MethodSource("logMethods")
    void methodLogsAtItsLevelWhatItIsGiven(Method method) throws ReflectiveOperationException {
        try (EngineFixture engine = new EngineFixture()) {
            method.invoke(engine.log, arguments(method));

            LogRecord record = engine.only();
            List<Class<?>> types = List.of(method.getParameterTypes());
            long filled = types.contains(Object[].class)
                    ? VALUES.size()
                    : types.stream().filter(type -> type == Object.class).count();
            String expected = Stream.concat(VALUES.stream().limit(filled), Stream.generate(() -> "{}"))
                    .limit(VALUES.size() + 1)
                    .collect(Collectors.joining(" "));
            assertThat(record.message()).isEqualTo(expected);
            assertThat(record.level()).isEqualTo(Level.valueOf(method.getName().toUpperCase(Locale.ROOT)));
            assertThat(record.marker()).isEqualTo(types.contains(Marker.class) ? "AUDIT" : null);
            assertThat(record.exception() != null).isEqualTo(types.contains(Throwable.class));
            assertThat(record.loggerName()).isEqualTo("test");
        }
    }

    @ParameterizedTest
    @MethodSource("logMethods")
    void methodLogsNothingWhenItsLevelIsDisabled(Method method) throws ReflectiveOperationException {
        CollectingSink sink = new CollectingSink();
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .sink("collecting", sink)
                .levels(name -> level -> false)
                .build()) {
            manager.initialize();
            method.invoke(manager.getLogger("off"), arguments(method));
            assertThat(manager.status().buffer().accepted()).isZero();
        }
        assertThat(sink.records()).isEmpty();
    }

    private Object[] arguments(Method method) {
        List<String> values = new ArrayList<>(VALUES);
        return Arrays.stream(method.getParameterTypes())
                .map(type -> {
                    if (type == String.class) {
                        return "{} {} {} {} {}";
                    } else if (type == Marker.class) {
                        return MARKER;
                    } else if (type == Throwable.class) {
                        return failure;
                    } else if (type == Object[].class) {
                        return values.toArray();
                    } else {
                        return values.remove(0);
                    }
                })
                .toArray();
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void isEnabledAsksForTheLevelOfItsName(Level level) throws ReflectiveOperationException {
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .levels(name -> asked -> asked == level)
                .build()) {
            AsyncLogger log = manager.getLogger("some");
            for (Level other : Level.values()) {
                String name = "is" + other.name().charAt(0)
                        + other.name().substring(1).toLowerCase(Locale.ROOT) + "Enabled";
                assertThat(Logger.class.getMethod(name).invoke(log)).as(name).isEqualTo(other == level);
                assertThat(Logger.class.getMethod(name, Marker.class).invoke(log, MARKER))
                        .as(name)
                        .isEqualTo(other == level);
                assertThat(log.isEnabledForLevel(other)).isEqualTo(other == level);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void asyncMethodLogsAtTheLevelOfItsName(Level level) throws ReflectiveOperationException {
        try (EngineFixture engine = new EngineFixture()) {
            Method method = AsyncLogger.class.getMethod(
                    level.name().toLowerCase(Locale.ROOT) + "Async", String.class, Object[].class);
            CompletableFuture<?> future =
                    (CompletableFuture<?>) method.invoke(engine.log, "{} {}", new Object[] {"one", failure});

            assertThat(EngineFixture.join(future)).isEqualTo(new LogReceipt(0, LogReceipt.Status.FLUSHED));
            assertThat(engine.only().level()).isEqualTo(level);
            assertThat(engine.only().message()).isEqualTo("one {}");
            assertThat(engine.only().exception()).contains("boom").contains("LoggerMethodsTest");
        }
    }

    @Test
    void fluentCallCarriesEverything() {
        Marker second = new BasicMarkerFactory().getMarker("SLOW");
        try (EngineFixture engine = new EngineFixture()) {
            engine.log
                    .atWarn()
                    .setMessage("{} and {}")
                    .addArgument("a")
                    .addArgument((Supplier<?>) () -> 7)
                    .addKeyValue("text", "v")
                    .addKeyValue("number", 12L)
                    .addKeyValue("array", new int[] {1, 2})
                    .addKeyValue("nothing", (Object) null)
                    .addKeyValue("late", () -> "supplied")
                    .addMarker(MARKER)
                    .addMarker(second)
                    .setCause(failure)
                    .log();

            LogRecord record = engine.only();
            assertThat(record.message()).isEqualTo("a and 7");
            assertThat(record.level()).isEqualTo(Level.WARN);
            assertThat(record.keyValues().entrySet().stream()
                            .map(pair -> new KeyValuePair(pair.getKey(), pair.getValue()).toString()))
                    .containsExactly(
                            "text=\"v\"", "number=\"12\"", "array=\"[1, 2]\"", "nothing=\"null\"", "late=\"supplied\"");
            assertThat(record.marker()).isEqualTo("AUDIT, SLOW");
            assertThat(record.exception()).startsWith("java.lang.IllegalStateException: boom");
        }
    }

    @Test
    void fluentCallTakesASupplierOfTheMessage() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.atInfo().log(() -> "made late");
            assertThat(engine.only().message()).isEqualTo("made late");
        }
    }

    @Test
    void fluentCauseWinsOverAThrowableArgument() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.atInfo().setCause(failure).log("{} {}", 1, new IllegalArgumentException("other"));
            assertThat(engine.only().exception()).contains("boom").doesNotContain("other");
        }
    }

    @Test
    void repeatedKeyKeepsItsLastValue() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.atInfo().addKeyValue("k", 1).addKeyValue("k", 2).log("m");
            assertThat(engine.only().keyValues()).containsOnlyKeys("k").containsEntry("k", "2");
        }
    }

    @Test
    void exceptionAmongTheArgumentsIsOneOfThemWhereAnotherIsTheCause() {
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder())) {
            engine.log
                    .atInfo()
                    .setCause(new IllegalStateException("cause"))
                    .log("failed for {}", new IllegalArgumentException("argument"));
            assertThat(engine.only().message()).isEqualTo("failed for java.lang.IllegalArgumentException: argument");
            assertThat(engine.only().exception()).contains("cause").doesNotContain("argument");
        }
    }

    @Test
    void fluentCallOfADisabledLevelCostsNoBuilder() {
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) {
            assertThat(manager.getLogger("some").atDebug())
                    .isSameAs(manager.getLogger("other").atTrace());
        }
    }

    @Test
    @SuppressWarnings("deprecation") // SLF4J gives no other way to add one
    void markerWithReferencesShowsThem() {
        BasicMarkerFactory markers = new BasicMarkerFactory();
        Marker parent = markers.getMarker("PARENT");
        parent.add(markers.getMarker("CHILD"));
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info(parent, "m");
            assertThat(engine.only().marker()).isEqualTo("PARENT [ CHILD ]");
        }
    }

    @Test
    void loggerOfANameIsAlwaysTheSame() {
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) {
            assertThat(manager.getLogger("a")).isSameAs(manager.getLogger("a"));
            assertThat(manager.getLogger("a")).isNotSameAs(manager.getLogger("b"));
            assertThat(manager.getLogger("a").getName()).isEqualTo("a");
        }
    }
}
