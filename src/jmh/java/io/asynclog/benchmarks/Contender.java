package io.asynclog.benchmarks;

import io.asynclog.AsyncLogger;
import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.event.Level;

/**
 * A way to log a line and to know that it is safe.
 *
 * @param name how it is called
 * @param survives the end of what an acknowledged line survives
 * @param opener starts it with its files in a folder
 * @param reader finds the lines there, after the process that wrote them is gone
 */
record Contender(String name, String survives, Opener opener, Reader reader) {
    private static final String MACHINE = "machine";
    private static final String PROCESS = "process";

    /** In the order of the table. */
    static final List<Contender> ALL = List.of(
            new Contender(
                    "asynclog-flushed",
                    MACHINE,
                    folder -> AsynclogContender.flushed(folder, FileOptions.Sync.FLUSH),
                    FileJournal::read),
            new Contender(
                    "asynclog-stored",
                    MACHINE,
                    folder -> AsynclogContender.mapped(
                            folder,
                            (log, message, phase, id, account) ->
                                    log.logStored(Level.INFO, message, phase, id, account)),
                    AsynclogContender::recoverAndRead),
            new Contender(
                    "fsync-group",
                    MACHINE,
                    folder -> JournalWriter.grouped(new FileJournal(folder)),
                    FileJournal::read),
            new Contender(
                    "fsync-each", MACHINE, folder -> JournalWriter.single(new FileJournal(folder)), FileJournal::read),
            new Contender(
                    "chronicle-group",
                    MACHINE,
                    folder -> JournalWriter.grouped(new ChronicleJournal(folder)),
                    ChronicleJournal::read),
            new Contender(
                    "chronicle-each",
                    MACHINE,
                    folder -> JournalWriter.single(new ChronicleJournal(folder)),
                    ChronicleJournal::read),
            new Contender(
                    "asynclog-written",
                    PROCESS,
                    folder -> AsynclogContender.flushed(folder, FileOptions.Sync.NEVER),
                    FileJournal::read),
            new Contender(
                    "asynclog-accepted",
                    PROCESS,
                    folder -> AsynclogContender.mapped(folder, AsyncLogger::info),
                    AsynclogContender::recoverAndRead),
            new Contender(
                    "chronicle-unsynced",
                    PROCESS,
                    folder -> JournalWriter.unforced(new ChronicleJournal(folder)),
                    ChronicleJournal::read));

    static Contender named(String name) {
        return ALL.stream()
                .filter(contender -> contender.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no subject '" + name + "'."));
    }

    /** Returns what its JVM has to be told. */
    List<String> jvmArguments() {
        return name.startsWith("chronicle") ? ChronicleJournal.JVM_ARGUMENTS : List.of();
    }

    /** Logs lines. */
    @FunctionalInterface
    interface Log {
        /** Logs a line and returns when it is acknowledged; for any number of threads. */
        void log(String phase, String id);
    }

    /** Starts a contender. */
    @FunctionalInterface
    interface Opener {
        Log open(Path folder) throws IOException;
    }

    /** Finds lines. */
    @FunctionalInterface
    interface Reader {
        void read(Path folder, Consumer<String> lines) throws IOException;
    }
}
