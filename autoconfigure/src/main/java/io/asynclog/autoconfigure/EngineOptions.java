package io.asynclog.autoconfigure;

import io.asynclog.AsyncLogManager;
import io.asynclog.InvalidOptionException;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.consumer.RetryOptions;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.internal.RealPath;
import io.asynclog.layout.PatternLayout;
import io.asynclog.layout.ServiceInfo;
import io.asynclog.sink.ConsoleOptions;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.LineFormat;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ansi.AnsiOutput;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.structured.ElasticCommonSchemaProperties;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/** The properties as options of the core. What was not set keeps the core's default. */
final class EngineOptions {
    private static final String CONSOLE = "console";
    private static final String FILE = "file";
    private static final String TAIL = "tail";
    private static final String CORRELATION_PATTERN = "logging.pattern.correlation";
    /** Stands for the file where none is set: options of it that are wrong are told of all the same. */
    private static final Path NO_FILE = Path.of("none.log");

    private final AsyncLogProperties properties;
    private final Environment environment;

    EngineOptions(AsyncLogProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    static BufferOptions buffer(AsyncLogProperties properties) {
        AsyncLogProperties.Buffer buffer = properties.buffer();
        AsyncLogProperties.Overflow overflow = buffer.overflow();
        Path directory = directory(buffer);
        BufferOptions options = directory == null ? BufferOptions.defaults() : BufferOptions.mapped(directory);
        options = with(options, bytes(buffer.segmentSize()), BufferOptions::withSegmentSize);
        options = with(options, bytes(buffer.maxSize()), BufferOptions::withMaxSize);
        options = with(options, bytes(properties.maxRecordSize()), BufferOptions::withMaxRecordSize);
        options = with(options, properties.maskedKeys(), BufferOptions::withMaskedKeys);
        options = with(options, overflow.policy(), BufferOptions::withPolicy);
        options = with(options, overflow.maxWait(), BufferOptions::withMaxWait);
        return with(options, overflow.dropBelow(), BufferOptions::withDropBelow);
    }

    private static @Nullable Path directory(AsyncLogProperties.Buffer buffer) {
        Path directory = path("buffer.directory", buffer.directory());
        if (buffer.storage() == AsyncLogProperties.Storage.MEMORY) {
            return null;
        }
        if (buffer.storage() == AsyncLogProperties.Storage.MAPPED && directory == null) {
            throw new InvalidOptionException(
                    "buffer.storage",
                    "mapped",
                    "There is no directory for the files.",
                    "Set 'buffer.directory', or remove this property.");
        }
        return isTrainingRun() ? null : directory;
    }

    /**
     * Returns whether Spring ends the process as soon as all beans are made, as for an archive of the JVM's classes.
     * That is mostly done where an image is built, and a log in it would be the same one in each container.
     */
    private static boolean isTrainingRun() {
        return DefaultLifecycleProcessor.ON_REFRESH_VALUE.equalsIgnoreCase(
                SpringProperties.getProperty(DefaultLifecycleProcessor.EXIT_PROPERTY_NAME));
    }

    /** Sets all but the buffer's, to which a bean of its own belongs. */
    void applyTo(AsyncLogManager.Builder builder, Collection<String> sinkBeans) {
        InvalidAsyncLogPropertyException.naming(() -> {
            if (properties.console().enabled()) {
                builder.console(console());
            }
            Path path = path("file.path", properties.file().path());
            FileOptions file = file(path); // checked where it is switched off, too
            if (path != null) {
                requireOtherThanBoots("file.path", path);
                builder.file(file);
            }
            Path deadLetters = path("dead-letter.path", properties.deadLetter().path());
            if (deadLetters != null) {
                requireOtherThanBoots("dead-letter.path", deadLetters);
                builder.deadLetters(deadLetters);
            }
            if (properties.tail().enabled() && sinkBeans.contains(TAIL)) {
                throw new InvalidOptionException(
                        "tail.enabled",
                        true,
                        "There is a sink of the name 'tail', and the endpoint shows the tail under that name.",
                        "Rename the sink, or remove this property.");
            }
            if (!isTrainingRun()) { // without the files that it may need
                with(builder, properties.ack(), AsyncLogManager.Builder::ack);
            }
            with(builder, properties.shutdownTimeout(), AsyncLogManager.Builder::shutdownTimeout);
            return builder;
        });
        // A file and a variable may spell a name with dots each in its way. What counts more is named first.
        Map<String, String> keys = new HashMap<>();
        Map<String, AsyncLogProperties.Sink> sinks = new HashMap<>();
        properties.sinks().forEach((key, sink) -> {
            String name = sinkName(key, sinkBeans);
            keys.putIfAbsent(name, key);
            sinks.merge(name, sink, AsyncLogProperties.Sink::or);
        });
        sinks.forEach((name, sink) -> {
            SinkOptions options =
                    InvalidAsyncLogPropertyException.naming("sinks." + keys.get(name) + ".", () -> sink(sink));
            if (sinkBeans.contains(name) || !isSwitchedOff(name)) {
                builder.sinkOptions(name, options);
            }
        });
    }

    /** When one of two that write to a file rolls it, what the other writes then is lost. */
    private void requireOtherThanBoots(String option, Path path) {
        LogFile log = LogFile.get(environment);
        if (log != null && RealPath.of(path).equals(RealPath.of(Path.of(log.toString())))) {
            throw new InvalidOptionException(
                    option,
                    path,
                    "Spring Boot's own log (logging.file.name or logging.file.path) is written to this file, too.",
                    "Give each a file of its own.");
        }
    }

    private ConsoleOptions console() {
        AsyncLogProperties.Console console = properties.console();
        LineFormat format = structured("console", console.format(), console.pattern());
        if (format != null) {
            return ConsoleOptions.defaults().withFormat(format).withService(service());
        }
        String pattern = StringUtils.hasText(console.pattern())
                ? console.pattern()
                : PatternLayout.consolePattern(correlation(), shown("name"), shown("group"));
        return ConsoleOptions.defaults().withPattern(pattern).withColors(colors());
    }

    /** Returns a format that is not by a pattern, null where it is. */
    private static @Nullable LineFormat structured(String sink, @Nullable LineFormat format, @Nullable String pattern) {
        if (format == null || format == LineFormat.PATTERN) {
            return null;
        }
        if (StringUtils.hasText(pattern)) { // an empty one is that of a profile which takes another's back
            throw new InvalidOptionException(
                    sink + ".format",
                    format.name().toLowerCase(Locale.ROOT),
                    "Lines of JSON have no pattern, and '" + sink + ".pattern' is set.",
                    "Remove one of '" + sink + ".format' and '" + sink + ".pattern', or set the latter to nothing.");
        }
        return format;
    }

    /** Returns what Spring Boot's own lines of the Elastic Common Schema say of the service. */
    private ServiceInfo service() {
        ElasticCommonSchemaProperties.Service service =
                ElasticCommonSchemaProperties.get(environment).service();
        return new ServiceInfo(
                orNull(service.name()),
                orNull(service.version()),
                orNull(service.environment()),
                orNull(service.nodeName()));
    }

    private static @Nullable String orNull(@Nullable String value) {
        return StringUtils.hasLength(value) ? value : null;
    }

    private ConsoleOptions.ColorMode colors() {
        AnsiOutput.Enabled enabled = Binder.get(environment)
                .bind("spring.output.ansi.enabled", AnsiOutput.Enabled.class)
                .orElseGet(AnsiOutput::getEnabled);
        return switch (enabled) {
            case ALWAYS -> ConsoleOptions.ColorMode.ALWAYS;
            case NEVER -> ConsoleOptions.ColorMode.NEVER;
            case DETECT -> ConsoleOptions.ColorMode.DETECT;
        };
    }

    private FileOptions file(@Nullable Path path) {
        AsyncLogProperties.File file = properties.file();
        FileOptions options = FileOptions.to(path == null ? NO_FILE : path);
        LineFormat format = structured("file", file.format(), file.pattern());
        options = format == null
                ? with(options, filePattern(path, file.pattern()), FileOptions::withPattern)
                : options.withFormat(format).withService(service());
        options = with(options, bytes(file.maxFileSize()), FileOptions::withMaxFileSize);
        options = with(options, file.maxHistory(), FileOptions::withMaxHistory);
        options = with(options, bytes(file.totalSizeCap()), FileOptions::withTotalSizeCap);
        return with(options, file.sync(), FileOptions::withSync);
    }

    /** Returns null where there is no file, and so nothing of the application that could be wrong. */
    private @Nullable String filePattern(@Nullable Path path, @Nullable String pattern) {
        if (StringUtils.hasText(pattern)) {
            return pattern;
        }
        return path == null ? null : PatternLayout.filePattern(correlation(), shown("name"), shown("group"));
    }

    private static SinkOptions sink(AsyncLogProperties.Sink sink) {
        SinkOptions options = SinkOptions.defaults();
        options = with(options, sink.level(), SinkOptions::withLevel);
        options = with(options, sink.delivery(), SinkOptions::withDelivery);
        options = with(options, sink.flushTimeout(), SinkOptions::withFlushTimeout);
        options = with(options, sink.batchSize(), SinkOptions::withBatchSize);
        AsyncLogProperties.Retry retry = sink.retry();
        RetryOptions defaults = options.retry();
        return options.withRetry(new RetryOptions(
                Objects.requireNonNullElse(retry.maxAttempts(), defaults.maxAttempts()),
                Objects.requireNonNullElse(retry.initialDelay(), defaults.initialDelay()),
                Objects.requireNonNullElse(retry.maxDelay(), defaults.maxDelay())));
    }

    /**
     * Environment variables have no capitals, and of a name no more than letters and digits, so a sink goes by a name
     * that differs in nothing else.
     */
    private String sinkName(String key, Collection<String> sinkBeans) {
        if (sinkBeans.contains(key) || isSwitchedOn(key)) {
            return key;
        }
        List<String> alike = sinkBeans.stream()
                .filter(name -> plain(name).equalsIgnoreCase(plain(key)))
                .toList();
        return alike.size() == 1 ? alike.get(0) : key;
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "");
    }

    /** Options of the engine's own sinks may stay where a profile switches the sink off. */
    private boolean isSwitchedOff(String sink) {
        return (sink.equals(CONSOLE) || sink.equals(FILE)) && !isSwitchedOn(sink);
    }

    private boolean isSwitchedOn(String sink) {
        return switch (sink) {
            case CONSOLE -> properties.console().enabled();
            case FILE -> StringUtils.hasText(properties.file().path());
            default -> false;
        };
    }

    /** Returns the name of the application, or of its group, where Spring Boot's own lines have it. */
    private @Nullable String shown(String what) {
        return environment.getProperty("logging.include-application-" + what, Boolean.class, true)
                ? environment.getProperty("spring.application." + what)
                : null;
    }

    /** Returns the part of a line that names the trace, where Spring Boot's own lines have one. */
    private String correlation() {
        String pattern = correlationPattern();
        if (pattern == null) {
            return environment.getProperty(LoggingSystem.EXPECT_CORRELATION_ID_PROPERTY, Boolean.class, false)
                    ? "%correlationId"
                    : "";
        }
        if (!pattern.isEmpty()) { // by itself, for a fault in it is not one of the rest
            InvalidAsyncLogPropertyException.namingAsItIs(
                    "Or set 'asynclog.console.pattern' and 'asynclog.file.pattern', which then count in its place.",
                    () -> new PatternLayout(CORRELATION_PATTERN, pattern, false));
        }
        return pattern;
    }

    /** Reads the property as Spring Boot does: placeholders in it may be meant for the logging system. */
    private @Nullable String correlationPattern() {
        if (!(environment instanceof ConfigurableEnvironment configurable)) {
            return environment.getProperty(CORRELATION_PATTERN);
        }
        PropertySourcesPropertyResolver resolver =
                new PropertySourcesPropertyResolver(configurable.getPropertySources());
        resolver.setConversionService(configurable.getConversionService());
        resolver.setIgnoreUnresolvableNestedPlaceholders(true);
        return resolver.getProperty(CORRELATION_PATTERN);
    }

    private static @Nullable Path path(String option, @Nullable String path) {
        if (!StringUtils.hasText(path)) {
            return null;
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException invalid) {
            throw new InvalidOptionException(
                    option, path, "It is no path: " + invalid.getReason() + ".", "Correct it.");
        }
    }

    private static @Nullable Long bytes(@Nullable DataSize size) {
        return size == null ? null : size.toBytes();
    }

    private static <O, V> O with(O options, @Nullable V value, BiFunction<O, V, O> with) {
        return value == null ? options : with.apply(options, value);
    }
}
