package io.asynclog.benchmarks;

import java.util.stream.IntStream;

/**
 * The line that all subjects write, about 115 bytes long. Its arguments tell producer and number, so that a line that
 * is lost, doubled or out of order can be found: the producer is the user's number, and the number of the call is
 * spread over order and cents, which have four digits each and are boxed once and for all.
 */
final class OrderLine {
    static final String MESSAGE = "user {} placed order {} for {} cents from {}";
    static final String LOGGER = "shop.Orders";
    static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%t] %logger : %m%n";
    static final String ADDRESS = "10.20.30.40";

    static final int SMALLEST = 1_000;
    static final int VALUES = 9_000;

    private static final Integer[] BOXED =
            IntStream.range(SMALLEST, SMALLEST + VALUES).boxed().toArray(Integer[]::new);

    private OrderLine() {}

    /** Only lines of the measurement are looked for; those of the warm-up are of the same length. */
    static String user(boolean measured, int producer) {
        return (measured ? 'm' : 'w') + Integer.toString(producer);
    }

    /** Makes one call. */
    static void log(Subject subject, String user, int number) {
        subject.log(user, BOXED[number / VALUES], BOXED[number % VALUES], ADDRESS);
    }

    /** Returns the number of the call that had these arguments. */
    static int number(int order, int cents) {
        return (order - SMALLEST) * VALUES + cents - SMALLEST;
    }
}
