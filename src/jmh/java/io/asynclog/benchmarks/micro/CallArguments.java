package io.asynclog.benchmarks.micro;

import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A template and its arguments, which exist before the call as those of a service do. */
@State(Scope.Benchmark)
public class CallArguments {
    /** What the arguments are. */
    public enum Kind {
        /** Strings of 16 characters. */
        STRING,
        /** Boxed whole numbers of ten digits. */
        LONG,
        /** Boxed doubles with two decimals. */
        DOUBLE,
        /** Objects that make a string when they are asked for it. */
        OBJECT
    }

    @Param
    Kind kind = Kind.STRING;

    @Param({"0", "1", "2", "3", "4", "7", "10"})
    int count;

    String template = "";
    Object[] values = {};

    /** Makes the arguments. */
    @Setup
    public void prepare() {
        template = "order accepted" + " by {}".repeat(count);
        values = IntStream.range(0, count).mapToObj(this::value).toArray();
    }

    private Object value(int index) {
        return switch (kind) {
            case STRING -> "customer-" + (4_711_000 + index);
            case LONG -> 4_711_000_000L + index;
            case DOUBLE -> 4711.25 + index;
            case OBJECT -> new Customer(4_711_000L + index);
        };
    }

    private record Customer(long number) {
        @Override
        public String toString() {
            return "customer-" + number;
        }
    }
}
