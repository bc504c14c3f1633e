package io.asynclog;

import io.asynclog.consumer.DeadLetters;
import io.asynclog.consumer.Sink;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.sink.ConsoleOptions;
import io.asynclog.sink.ConsoleSink;
import io.asynclog.sink.DeadLetterFile;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.RollingFileSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the sinks of an engine together: its own and the user's, each with its options. */
final class SinkAssembly {
    static final String CONSOLE = "console";
    static final String FILE = "file";
    /** Takes the records of an engine without sinks, which would otherwise fill the buffer and stay there. */
    private static final String DISCARD = "discard";

    private static final DeadLetters NO_DEAD_LETTERS = (sink, record, failure) -> {};

    private final @Nullable ConsoleOptions console;
    private final @Nullable FileOptions file;
    private final Map<String, FlushFunction> named;
    private final SinkSource source;
    private final Map<String, SinkOptions> options;
    private final @Nullable Path deadLetterPath;
    private final Function<String, Checkpoint> checkpoints;
    private final LateWriter lateWriter;
    private final ErrorHandler errors;
    /** From the first attempt to start: a second one beside it would compress and delete the same rolled files. */
    private @Nullable RollingFileSink openedFile;
    /** The application's own files, from the first attempt to start: they are not to resume once they are open. */
    private final Set<RollingFileSink> resumed = new HashSet<>();

    SinkAssembly(
            @Nullable ConsoleOptions console,
            @Nullable FileOptions file,
            Map<String, FlushFunction> named,
            SinkSource source,
            Map<String, SinkOptions> options,
            @Nullable Path deadLetterPath,
            Function<String, Checkpoint> checkpoints,
            LateWriter lateWriter,
            ErrorHandler errors) {
        this.console = console;
        this.file = file;
        this.named = new LinkedHashMap<>(named);
        this.source = source;
        this.options = Map.copyOf(options);
        this.deadLetterPath = deadLetterPath;
        this.checkpoints = checkpoints;
        this.lateWriter = lateWriter;
        this.errors = errors;
    }

    /**
     * Opens the engine's own sinks and the application's rolling files, and returns all.
     *
     * @throws InvalidOptionException when the path of the engine's own file cannot be written, or one of its own sinks
     *     has the name of another
     * @throws InvalidSinkException when another file cannot be written, two sinks have one name, or options are for no
     *     sink
     */
    List<Sink> open() {
        Map<String, FlushFunction> functions = new LinkedHashMap<>();
        if (console != null) {
            add(functions, CONSOLE, openConsole(console));
        }
        if (file != null) {
            RollingFileSink sink = openFile(file);
            add(functions, FILE, lateWriter.add(FILE, sink, sink::close));
        }
        named.forEach((name, function) -> add(functions, name, function));
        source.all().forEach((name, function) -> add(functions, name, function));
        for (String name : new TreeSet<>(options.keySet())) {
            if (!functions.containsKey(name)) {
                throw new InvalidSinkException(
                        name,
                        "There is no sink of this name, and 'sinks." + name + "' has options for one.",
                        "Use one of " + functions.keySet() + ", or remove the options.",
                        null);
            }
        }
        functions.forEach(this::openRollingFile);
        if (functions.isEmpty()) {
            functions.put(DISCARD, batch -> {});
        }
        return sinks(functions);
    }

    /**
     * Opens and returns what can be had after {@link #open} failed, for whatever reason: perhaps all, perhaps nothing.
     */
    Available openAvailable() {
        Map<String, FlushFunction> functions = new LinkedHashMap<>(named);
        int missing = 0;
        try {
            missing += putAll(functions, source.all());
        } catch (RuntimeException notAll) { // as was reported
            missing += 1 + putAll(functions, source.existing());
        }
        if (file != null) {
            try {
                RollingFileSink sink = openFile(file);
                missing += putAll(functions, Map.of(FILE, lateWriter.add(FILE, sink, sink::close)));
            } catch (InvalidOptionException unwritable) {
                missing++;
                errors.report("The file is left out", unwritable);
            }
        }
        if (console != null) {
            missing += putAll(functions, Map.of(CONSOLE, openConsole(console)));
        }
        missing += removeUnwritable(functions);
        return new Available(sinks(functions), availableDeadLetters(), missing == 0 && !functions.isEmpty());
    }

    /** Adds sinks, and returns how many have the name of one that is there already. */
    private static int putAll(Map<String, FlushFunction> functions, Map<String, FlushFunction> added) {
        int before = functions.size();
        added.forEach(functions::putIfAbsent);
        return before + added.size() - functions.size();
    }

    /** Opens the application's rolling files, removes those that cannot be written, and returns how many these are. */
    private int removeUnwritable(Map<String, FlushFunction> functions) {
        int before = functions.size();
        functions.entrySet().removeIf(entry -> {
            try {
                openRollingFile(entry.getKey(), entry.getValue());
                return false;
            } catch (InvalidSinkException unwritable) {
                errors.report("The sink '" + entry.getKey() + "' is left out", unwritable);
                return true;
            }
        });
        return before - functions.size();
    }

    private DeadLetters availableDeadLetters() {
        try {
            return deadLetters();
        } catch (InvalidOptionException unwritable) {
            errors.report("Records that a sink refuses for good are only reported", unwritable);
            return NO_DEAD_LETTERS;
        }
    }

    /** What there is for an engine, and whether these are all of its sinks. */
    record Available(List<Sink> sinks, DeadLetters deadLetters, boolean all) {}

    private List<Sink> sinks(Map<String, FlushFunction> functions) {
        return functions.entrySet().stream()
                .map(entry -> sink(entry.getKey(), entry.getValue()))
                .toList();
    }

    private FlushFunction openConsole(ConsoleOptions options) {
        ConsoleSink sink = new ConsoleSink(options);
        return lateWriter.add(CONSOLE, sink, sink::close);
    }

    private Sink sink(String name, FlushFunction function) {
        boolean own = (console != null && name.equals(CONSOLE))
                || (file != null && name.equals(FILE))
                || function instanceof RollingFileSink;
        return new Sink(name, function, options.getOrDefault(name, SinkOptions.defaults()), !own);
    }

    /** Opens a rolling file of the application's, which goes on where it was, like our own. */
    private void openRollingFile(String name, FlushFunction function) {
        if (!(function instanceof RollingFileSink sink)) {
            return;
        }
        if (resumed.add(sink)) {
            sink.resumeFrom(checkpoints.apply(name));
        }
        try {
            sink.open();
        } catch (IOException failure) {
            throw new InvalidSinkException(
                    name,
                    "Its file cannot be written: " + failure + ".",
                    "Give it a path in a folder that this process may write to.",
                    failure);
        }
    }

    /**
     * Closes the files that were opened, after a start that failed; another start, or their owner, opens them again.
     */
    void close() {
        lateWriter.close();
        for (RollingFileSink sink : resumed) {
            try {
                sink.close();
            } catch (IOException failure) {
                errors.report("A file of the application failed to close", failure);
            }
        }
    }

    private void add(Map<String, FlushFunction> functions, String name, FlushFunction function) {
        if (functions.putIfAbsent(name, function) != null) {
            throw taken(name);
        }
    }

    /** Names what switches the engine's own sink on: for the other one there may be no option at all. */
    private RuntimeException taken(String name) {
        String reason = "There is another sink of the name '" + name + "', a bean or one of the builder's.";
        if (console != null && name.equals(CONSOLE)) {
            return new InvalidOptionException(
                    "console.enabled", true, reason, "Rename that one, or set 'console.enabled' to false.");
        }
        if (file != null && name.equals(FILE)) {
            return new InvalidOptionException(
                    "file.path", String.valueOf(file.path()), reason, "Rename that one, or remove 'file.path'.");
        }
        return new InvalidSinkException(name, "There are two sinks of this name.", "Rename one of them.", null);
    }

    private RollingFileSink openFile(FileOptions options) {
        RollingFileSink sink = openedFile;
        if (sink == null) {
            sink = new RollingFileSink(options, errors);
            sink.resumeFrom(checkpoints.apply(FILE));
        }
        try {
            sink.open();
        } catch (IOException failure) {
            throw unwritable("file.path", options.path(), failure);
        }
        openedFile = sink;
        return sink;
    }

    /**
     * Returns where records go that a sink refuses for good: nowhere, unless a path was given.
     *
     * @throws InvalidOptionException when the path cannot be written
     */
    DeadLetters deadLetters() {
        if (deadLetterPath == null) {
            return NO_DEAD_LETTERS;
        }
        DeadLetterFile letters = new DeadLetterFile(deadLetterPath);
        try {
            letters.open();
        } catch (IOException failure) {
            throw unwritable("dead-letter.path", deadLetterPath, failure);
        }
        return letters::accept;
    }

    private static InvalidOptionException unwritable(String option, @Nullable Path path, IOException failure) {
        InvalidOptionException invalid = new InvalidOptionException(
                option,
                String.valueOf(path),
                "It cannot be written: " + failure + ".",
                "Choose a path in a folder that this process may write to.");
        invalid.initCause(failure);
        return invalid;
    }
}
