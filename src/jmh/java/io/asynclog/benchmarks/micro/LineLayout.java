package io.asynclog.benchmarks.micro;

import io.asynclog.LogRecord;
import io.asynclog.layout.ByteOutput;
import io.asynclog.layout.JsonLayout;
import io.asynclog.layout.Layout;
import io.asynclog.layout.PatternLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Making a line of a record, as the threads of console and file do. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LineLayout {
    /** What the line is like. */
    public enum Line {
        /** The message and nothing else. */
        MESSAGE,
        /** That of Log4j2's and Logback's manuals. */
        SHORT,
        /** That of Spring Boot's log files, which is the file's default. */
        BOOT_FILE,
        /** The same where the application traces: with the ids out of the MDC. */
        BOOT_FILE_TRACED,
        /** JSON, one object a line. */
        JSON
    }

    @Param
    Line line = Line.BOOT_FILE;

    /** How many entries the MDC of the record has; the first two are those of a trace. */
    @Param({"0", "3"})
    int context;

    private LogRecord record = Records.read(0);
    private final ByteOutput out = new ByteOutput();
    private Layout layout = new JsonLayout();

    /** Makes the layout. */
    @Setup
    public void prepare() {
        record = Records.read(context);
        layout = switch (line) {
            case MESSAGE -> pattern("%m%n");
            case SHORT -> pattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%t] %logger : %m%n");
            case BOOT_FILE -> pattern(PatternLayout.filePattern(""));
            case BOOT_FILE_TRACED -> pattern(PatternLayout.filePattern("%correlationId"));
            case JSON -> new JsonLayout();
        };
    }

    private static Layout pattern(String pattern) {
        return new PatternLayout("pattern", pattern, false);
    }

    /** One line. */
    @Benchmark
    public int append() {
        out.clear();
        layout.append(record, out);
        return out.length();
    }
}
