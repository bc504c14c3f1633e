package io.asynclog.autoconfigure.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.EchoEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import io.asynclog.AsyncLogManager;
import io.asynclog.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

class LogbackBridgeTests {
    private final LoggerContext logback = new LoggerContext();
    private final Logger root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger logger = logback.getLogger("com.example.Shop");
    private final ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    private final ListAppender<ILoggingEvent> other = new ListAppender<>();
    private final List<AsyncLogManager> engines = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final LogbackBridge bridge = bridge(engine("console"));

    @BeforeEach
    void attach() {
        logback.setMDCAdapter(MDC.getMDCAdapter());
        console.setName("CONSOLE");
        console.setContext(logback);
        other.setContext(logback);
        other.start();
        root.addAppender(console); // which is not started, and so prints nothing
        root.addAppender(other);
    }

    @AfterEach
    void close() {
        MDC.clear();
        engines.forEach(AsyncLogManager::close);
    }

    private AsyncLogManager engine(String sink) {
        AsyncLogManager engine = AsyncLogManager.builder()
                .sink(sink, batch -> batch.forEach(record -> records.add(record.copy())))
                .build();
        engine.initialize();
        engines.add(engine);
        return engine;
    }

    private LogbackBridge bridge(AsyncLogManager engine) {
        return new LogbackBridge(logback, engine, null, (message, cause) -> troubles.add(message));
    }

    private List<LogRecord> flushed() {
        engines.forEach(engine -> engine.flushAsync().join());
        return records;
    }

    private List<String> messages() {
        return flushed().stream().map(LogRecord::message).toList();
    }

    private List<Appender<ILoggingEvent>> attached() {
        List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(appenders::add);
        return appenders;
    }

    // ---- what a record has ------------------------------------------------------------------------------------------

    @Test
    void anEventKeepsAllThatItHas() {
        bridge.start();
        Exception exception = new IllegalStateException("empty");
        MDC.put("user", "ann");
        logger.atWarn()
                .addMarker(MarkerFactory.getMarker("AUDIT"))
                .addKeyValue("order", 4711)
                .setCause(exception)
                .log("Order {} of {}", 4711, "ann");

        assertThat(flushed()).singleElement().satisfies(record -> {
            assertThat(record.level()).isEqualTo(org.slf4j.event.Level.WARN);
            assertThat(record.loggerName()).isEqualTo("com.example.Shop");
            assertThat(record.threadName()).isEqualTo(Thread.currentThread().getName());
            assertThat(record.message()).isEqualTo("Order 4711 of ann");
            assertThat(record.context()).isEqualTo(Map.of("user", "ann"));
            assertThat(record.keyValues()).isEqualTo(Map.of("order", "4711"));
            assertThat(record.marker()).isEqualTo("AUDIT");
            assertThat(record.exception()).startsWith("java.lang.IllegalStateException: empty\n\tat ");
        });
    }

    @Test
    void everyLevelHasItsOwn() {
        bridge.start();
        logger.setLevel(Level.TRACE);
        logger.trace("a");
        logger.debug("b");
        logger.info("c");
        logger.warn("d");
        logger.error("e");

        assertThat(flushed())
                .extracting(LogRecord::level)
                .containsExactly(
                        org.slf4j.event.Level.TRACE,
                        org.slf4j.event.Level.DEBUG,
                        org.slf4j.event.Level.INFO,
                        org.slf4j.event.Level.WARN,
                        org.slf4j.event.Level.ERROR);
    }

    @Test
    void anExceptionAmongTheArgumentsIsTakenAsLogbackTakesIt() {
        bridge.start();
        logger.info("{} and {}", "one", "two", new IllegalStateException("last"));
        logger.info("{} and {}", new IllegalStateException("first"), 2);

        assertThat(messages()).containsExactly("one and two", "java.lang.IllegalStateException: first and 2");
        assertThat(records.get(0).exception()).startsWith("java.lang.IllegalStateException: last");
        assertThat(records.get(1).exception()).isNull();
    }

    @Test
    void whatAnArgumentLogsIsLoggedToo() {
        bridge.start();
        logger.info("{}", new Object() {
            @Override
            public String toString() {
                logger.info("inner");
                return "outer";
            }
        });

        assertThat(messages()).containsExactly("inner", "outer");
    }

    @Test
    void logbackDecidesOnLevels() {
        bridge.start();
        logger.setLevel(Level.WARN);
        logger.info("below");
        logger.warn("above");

        assertThat(messages()).containsExactly("above");
    }

    @Test
    void aFilterOfTheAppenderCounts() {
        bridge.start();
        root.getAppender("ASYNCLOG").addFilter(new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                return event.getMessage().equals("health") ? FilterReply.DENY : FilterReply.NEUTRAL;
            }
        });
        logger.info("health");
        logger.info("order");

        assertThat(messages()).containsExactly("order");
    }

    /** Agents for traces change what Logback's events show, and not the MDC of the thread. */
    @Test
    void theContextIsThatOfTheEvent() {
        bridge.start();
        MDC.put("user", "ann");
        logger.callAppenders(new LoggingEvent("", logger, Level.INFO, "traced", null, null) {
            @Override
            public Map<String, String> getMDCPropertyMap() {
                return Map.of("trace_id", "803b448a");
            }
        });

        assertThat(flushed()).extracting(LogRecord::context).containsExactly(Map.of("trace_id", "803b448a"));
    }

    @Test
    void anApplicationsOwnContextCounts() {
        LogbackBridge own = new LogbackBridge(
                logback, engine("own"), () -> Map.of("tenant", "acme"), (message, cause) -> troubles.add(message));
        own.start();
        MDC.put("user", "ann");
        logger.info("a record");

        assertThat(flushed()).extracting(LogRecord::context).containsExactly(Map.of("tenant", "acme"));
    }

    @Test
    void anEventThatCannotBeLoggedHarmsNoOther() {
        bridge.start();
        logger.callAppenders(new LoggingEvent("", logger, Level.OFF, "without a level", null, null));
        logger.info("order");

        assertThat(messages()).containsExactly("order");
    }

    // ---- in the place of what ---------------------------------------------------------------------------------------

    @Test
    void takesThePlaceOfTheConsoleWhileItRuns() {
        assertThat(bridge.isRunning()).isFalse();
        bridge.start();

        assertThat(bridge.isRunning()).isTrue();
        assertThat(attached()).hasSize(2).contains(other).doesNotContain(console);

        bridge.stop();
        logger.info("late");

        assertThat(bridge.isRunning()).isFalse();
        assertThat(troubles).isEmpty();
        assertThat(attached()).containsExactlyInAnyOrder(console, other);
        assertThat(messages()).isEmpty();
        assertThat(other.list).extracting(ILoggingEvent::getMessage).containsExactly("late");
    }

    @Test
    void leavesTheConsoleToLogbackWhereTheEngineHasNone() {
        LogbackBridge withoutConsole = bridge(engine("file"));
        withoutConsole.start();
        assertThat(attached()).hasSize(3).contains(console, other);

        withoutConsole.stop();
        assertThat(attached()).containsExactlyInAnyOrder(console, other);
    }

    @Test
    void aConsoleBehindAnotherAppenderIsOneToo() {
        AsyncAppender aroundConsole = around(console);
        AsyncAppender aroundOther = around(other);
        AsyncAppender aroundNothing = new AsyncAppender();
        root.detachAppender(console);
        List.of(aroundConsole, aroundOther, aroundNothing).forEach(root::addAppender);
        bridge.start();
        assertThat(attached()).contains(aroundOther, aroundNothing).doesNotContain(aroundConsole);

        bridge.stop();
        assertThat(attached()).contains(aroundConsole);
    }

    private static AsyncAppender around(Appender<ILoggingEvent> appender) {
        AsyncAppender wrapper = new AsyncAppender();
        wrapper.addAppender(appender);
        return wrapper;
    }

    @Test
    void ofTwoTheFirstHasWhatIsLogged() {
        LogbackBridge second = bridge(engine("second"));
        bridge.start();
        second.start();
        logger.info("once");

        assertThat(second.isRunning()).isFalse();
        assertThat(messages()).containsExactly("once");
        assertThat(troubles).singleElement().asString().startsWith("Another application in this JVM ");

        bridge.stop();
        assertThat(attached()).containsExactlyInAnyOrder(console, other);
    }

    @Test
    void tellsWhereLogbackIsSetUpAnewAndBringsNothingBack() {
        console.setEncoder(new EchoEncoder<>());
        console.start(); // which prints nothing all the same, set aside as it is
        assertThat(console.isStarted()).isTrue();
        bridge.start();
        logback.reset();
        root.addAppender(other);

        assertThat(bridge.isRunning()).isFalse();
        assertThat(console.isStarted()).isFalse();
        assertThat(troubles).singleElement().asString().startsWith("Logback was stopped or set up anew, ");

        bridge.stop(); // as when the bean is destroyed
        assertThat(attached()).containsExactly(other);
        bridge.start();
        logger.info("again");
        assertThat(messages()).containsExactly("again");
        bridge.stop();
        assertThat(attached()).containsExactly(other);
    }

    /** Its thread goes through the appenders that there were. */
    @Test
    void whatIsBeingLoggedDuringTheStopIsNotLost() {
        root.detachAppender(other);
        root.addAppender(new UnsynchronizedAppenderBase<>() {
            @Override
            public void doAppend(ILoggingEvent event) {
                bridge.stop();
            }

            @Override
            protected void append(ILoggingEvent event) {}
        });
        bridge.start();
        logger.info("in flight");

        assertThat(messages()).containsExactly("in flight");
    }

    @Test
    void startsAndStopsAgain() {
        bridge.start();
        bridge.stop();
        bridge.start();
        logger.info("again");
        assertThat(messages()).containsExactly("again");

        bridge.stop();
        bridge.stop();
        assertThat(attached()).containsExactlyInAnyOrder(console, other);
    }

    /** As after a restart of the context, which is no restart of the engine. */
    @Test
    void leavesLogbackAsItIsWhereTheEngineHasStopped() {
        engines.forEach(AsyncLogManager::close);
        bridge.start();

        assertThat(bridge.isRunning()).isFalse();
        assertThat(attached()).containsExactlyInAnyOrder(console, other);
    }
}
