package io.asynclog;

import io.asynclog.consumer.DeadLetters;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.Sink;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.internal.Checkpoint;
import io.asynclog.internal.RealPath;
import io.asynclog.sink.ConsoleOptions;
import io.asynclog.sink.ConsoleSink;
import io.asynclog.sink.DeadLetterFile;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.RollingFileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
    /**
     * Takes the records of an engine without sinks, which would otherwise fill the buffer and stay there. Best-effort,
     * as no receipt may say that it has flushed them.
     */
    private static final String DISCARD = "discard";

    private static final String NO_SINK = "There is no sink: what is logged is discarded, and futures complete at once,"
            + " as accepted. Switch the console on, set 'file.path', or add a sink";

    private static final String OTHER_PATH = "Choose a path in a folder that this process may write to.";
    private static final String OWN_FILE = "Give each a file of its own.";
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
    private @Nullable RollingFileSink ownFile;
    /** Rolling files, from the first attempt to start: they are not to resume once they are open. */
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
     * Opens the engine's own sinks, the application's rolling files and the file of dead letters: whatever can be. What
     * cannot is a fault.
     */
    Opened open() {
        List<RuntimeException> faults = new ArrayList<>();
        Map<String, FlushFunction> found = find(faults);
        Map<Path, String> writers = takeOutSharing(found, faults);
        Map<String, FlushFunction> opened = open(found, faults);
        boolean all = faults.isEmpty();
        if (all) { // or options that seem to be for no sink may be for one that is missing
            checkOptions(opened.keySet(), faults);
        }
        DeadLetters deadLetters = openDeadLetters(writers, faults);
        List<Sink> sinks = opened.entrySet().stream()
                .map(entry -> sink(entry.getKey(), entry.getValue()))
                .toList();
        if (sinks.isEmpty() && faults.isEmpty()) {
            errors.report(NO_SINK, null);
            SinkOptions bestEffort = SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT);
            sinks = List.of(new Sink(DISCARD, batch -> {}, bestEffort, false));
        }
        return new Opened(sinks, deadLetters, all && !sinks.isEmpty(), faults);
    }

    /**
     * What could be opened.
     *
     * @param all whether no sink is missing
     * @param faults what could not be opened, or is wrong with the options, the first fault first
     */
    record Opened(List<Sink> sinks, DeadLetters deadLetters, boolean all, List<RuntimeException> faults) {
        /** Throws the first fault if there is one, with the others suppressed. */
        void requireNoFault() {
            if (!faults.isEmpty()) {
                RuntimeException first = faults.get(0);
                faults.stream().skip(1).forEach(first::addSuppressed);
                throw first;
            }
        }
    }

    /** Returns all sinks by name, the engine's own first; of two with the same name the first counts. */
    private Map<String, FlushFunction> find(List<RuntimeException> faults) {
        Map<String, FlushFunction> found = new LinkedHashMap<>();
        if (console != null) {
            found.put(CONSOLE, new ConsoleSink(console));
        }
        if (file != null) {
            ownFile = ownFile == null ? new RollingFileSink(file, errors) : ownFile;
            found.put(FILE, ownFile);
        }
        addAll(found, named, faults);
        Map<String, FlushFunction> further;
        try {
            further = source.all();
        } catch (RuntimeException notAll) {
            faults.add(notAll);
            further = source.existing();
        }
        addAll(found, further, faults);
        return found;
    }

    private void addAll(
            Map<String, FlushFunction> found, Map<String, FlushFunction> further, List<RuntimeException> faults) {
        further.forEach((name, function) -> {
            if (found.putIfAbsent(name, function) != null) {
                faults.add(taken(name));
            }
        });
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
                    "file.path", file.path(), reason, "Rename that one, or remove 'file.path'.");
        }
        return new InvalidSinkException(name, "There are two sinks of this name.", "Rename one of them.", null);
    }

    private Map<String, FlushFunction> open(Map<String, FlushFunction> found, List<RuntimeException> faults) {
        Map<String, FlushFunction> opened = new LinkedHashMap<>();
        found.forEach((name, function) -> {
            try {
                opened.put(name, open(name, function));
            } catch (IOException failure) {
                faults.add(unwritable(name, failure));
            } catch (InvalidSinkException noPlace) {
                faults.add(noPlace);
            }
        });
        return opened;
    }

    /** Opens a rolling file, which goes on where it was, and has the engine's own sinks take late records, too. */
    private FlushFunction open(String name, FlushFunction function) throws IOException {
        if (function instanceof RollingFileSink rollingFile) {
            if (!resumed.contains(rollingFile)) {
                rollingFile.resumeFrom(checkpoints.apply(name));
                resumed.add(rollingFile);
            }
            rollingFile.open();
            return isOwn(name) ? lateWriter.add(name, rollingFile, rollingFile::close) : rollingFile;
        }
        return isOwn(name) && function instanceof ConsoleSink own ? lateWriter.add(name, own, own::close) : function;
    }

    private boolean isOwn(String name) {
        return (console != null && name.equals(CONSOLE)) || (file != null && name.equals(FILE));
    }

    private RuntimeException unwritable(String name, IOException failure) {
        return file != null && name.equals(FILE)
                ? unwritable("file.path", file.path(), failure)
                : new InvalidSinkException(name, "Its file cannot be written: " + failure + ".", OTHER_PATH, failure);
    }

    private static InvalidOptionException unwritable(String option, Path path, IOException failure) {
        InvalidOptionException invalid =
                new InvalidOptionException(option, path, "It cannot be written: " + failure + ".", OTHER_PATH);
        invalid.initCause(failure);
        return invalid;
    }

    /**
     * Takes the sinks out that write to the file of another: they would take each other's records back, and lose what
     * the other writes when they roll it. Returns who writes to which file.
     */
    private static Map<Path, String> takeOutSharing(Map<String, FlushFunction> found, List<RuntimeException> faults) {
        Map<Path, String> writers = new HashMap<>();
        found.entrySet().removeIf(sink -> {
            if (!(sink.getValue() instanceof RollingFileSink rollingFile) || !isFile(rollingFile.path())) {
                return false;
            }
            String other = writers.putIfAbsent(RealPath.of(rollingFile.path()), sink.getKey());
            if (other != null) {
                String reason = "Sink '" + other + "' writes to its file " + rollingFile.path() + ", too.";
                faults.add(new InvalidSinkException(sink.getKey(), reason, OWN_FILE, null));
            }
            return other != null;
        });
        return writers;
    }

    /** A device or a pipe is not rolled, and may be for many. */
    private static boolean isFile(Path path) {
        return Files.isRegularFile(path) || Files.notExists(path);
    }

    private void checkOptions(Set<String> names, List<RuntimeException> faults) {
        for (String name : new TreeSet<>(options.keySet())) {
            if (!names.contains(name)) {
                faults.add(new InvalidSinkException(
                        name,
                        "There is no sink of this name, and 'sinks." + name + "' has options for one.",
                        "Use one of " + names + ", or remove the options.",
                        null));
            }
        }
    }

    private DeadLetters openDeadLetters(Map<Path, String> writers, List<RuntimeException> faults) {
        if (deadLetterPath == null) {
            return NO_DEAD_LETTERS;
        }
        String other = writers.get(RealPath.of(deadLetterPath));
        if (other != null) {
            String reason = "Sink '" + other + "' writes to this file, too.";
            faults.add(new InvalidOptionException("dead-letter.path", deadLetterPath, reason, OWN_FILE));
            return NO_DEAD_LETTERS;
        }
        DeadLetterFile letters = new DeadLetterFile(deadLetterPath);
        try {
            letters.open();
        } catch (IOException failure) {
            faults.add(unwritable("dead-letter.path", deadLetterPath, failure));
            return NO_DEAD_LETTERS;
        }
        return letters::accept;
    }

    private Sink sink(String name, FlushFunction function) {
        boolean mayRefuse = !isOwn(name) && !(function instanceof RollingFileSink);
        return new Sink(name, function, options.getOrDefault(name, SinkOptions.defaults()), mayRefuse);
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
                errors.report("A file failed to close", failure);
            }
        }
    }
}
