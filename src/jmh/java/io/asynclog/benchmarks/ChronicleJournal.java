package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Chronicle Queue, open source, with its defaults and {@link SyncMode#SYNC}. That mode alone makes no append wait for
 * the device; it makes {@link ExcerptAppender#sync()} call {@code msync(MS_SYNC)}, and wait, for what was appended
 * since the last.
 */
final class ChronicleJournal implements Journal {
    /**
     * As <a href="https://chronicle.software/chronicle-support-java-17/">its makers say</a>, and what Java 24 and later
     * add.
     */
    static final List<String> JVM_ARGUMENTS = jvmArguments();

    private final ExcerptAppender appender;
    /** What went wrong and would only have been logged: a failed {@code msync} among others. */
    private volatile @Nullable String trouble;

    ChronicleJournal(Path folder) {
        Jvm.setErrorExceptionHandler((type, message, thrown) -> trouble = message + " " + thrown);
        appender = open(folder).createAppender();
        appender.singleThreadedCheckDisabled(true); // its user lets one thread in at a time
    }

    private static ChronicleQueue open(Path folder) {
        return SingleChronicleQueueBuilder.binary(folder.resolve("queue"))
                .syncMode(SyncMode.SYNC)
                .build();
    }

    private static List<String> jvmArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
                "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
                "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            arguments.add("--enable-native-access=ALL-UNNAMED");
        }
        return arguments;
    }

    static void read(Path folder, Consumer<String> lines) {
        try (ChronicleQueue queue = open(folder);
                ExcerptTailer tailer = queue.createTailer()) {
            for (String line = tailer.readText(); line != null; line = tailer.readText()) {
                lines.accept(line);
            }
        }
    }

    @Override
    public void append(String line) {
        appender.writeText(line);
    }

    @Override
    public void force() throws IOException {
        appender.sync();
        if (trouble != null) {
            throw new IOException(trouble);
        }
    }
}
