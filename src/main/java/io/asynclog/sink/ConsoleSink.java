package io.asynclog.sink;

import io.asynclog.FlushFunction;
import io.asynclog.LogBatch;
import io.asynclog.LogRecord;
import io.asynclog.layout.ByteOutput;
import io.asynclog.layout.Layout;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to {@link System#out}, looked up at each flush, a batch in one write.
 *
 * <p>A {@link PrintStream} hides its failures but for a flag, and never takes the flag down again. From the first
 * failure of a stream on, batches therefore go straight to the standard output of the process, where both a failure and
 * its end can be seen.
 *
 * <p>To be used by one thread at a time.
 */
public final class ConsoleSink implements FlushFunction, AutoCloseable {
    private final Layout layout;
    private final OutputStream processOutput;
    private final ByteOutput out = new ByteOutput();
    private @Nullable PrintStream known;
    /** Whether lines are UTF-8 whatever standard output has: JSON is nothing else (RFC 8259, section 8.1). */
    private final boolean alwaysUtf8;

    private Charset charset = StandardCharsets.UTF_8;

    /** Creates a sink. */
    public ConsoleSink(ConsoleOptions options) {
        this(options, new FileOutputStream(FileDescriptor.out));
    }

    ConsoleSink(ConsoleOptions options, OutputStream processOutput) {
        layout = options.layout(isColored(options.colors()));
        alwaysUtf8 = options.format() != LineFormat.PATTERN;
        this.processOutput = processOutput;
    }

    private static boolean isColored(ConsoleOptions.ColorMode colors) {
        return switch (colors) {
            case ALWAYS -> true;
            case NEVER -> false;
            case DETECT -> Terminal.showsColors();
        };
    }

    @Override
    public void flush(LogBatch batch) throws IOException {
        out.clear();
        for (LogRecord record : batch.oneAtATime()) {
            layout.append(record, out);
        }
        PrintStream console = System.out;
        if (console != known) {
            charset = alwaysUtf8 ? StandardCharsets.UTF_8 : StandardOutput.charset(console);
            known = console;
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            write(console, out.array(), out.length());
        } else {
            byte[] encoded = new String(out.array(), 0, out.length(), StandardCharsets.UTF_8).getBytes(charset);
            write(console, encoded, encoded.length);
            if (encoded.length > 0 && charset.equals(StandardCharsets.UTF_16)) {
                charset = StandardCharsets.UTF_16BE; // the same without the mark, which belongs to the beginning only
            }
        }
    }

    private void write(PrintStream console, byte[] bytes, int length) throws IOException {
        if (console.checkError()) {
            processOutput.write(bytes, 0, length);
            return;
        }
        console.write(bytes, 0, length);
        if (console.checkError()) {
            throw new IOException("Standard output cannot be written");
        }
    }

    /** Flushes {@link System#out} and leaves it open. */
    @Override
    public void close() {
        System.out.flush();
    }
}
