package io.asynclog.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * Renders the line as bytes, about as fast as that can be done in Java, for subjects that bring no layout of their own.
 * For one thread, whose name it keeps.
 */
final class LineRenderer {
    /** No line is longer. */
    static final int LONGEST = 256;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final byte[] ORDER = bytes(" placed order ");
    private static final byte[] CENTS = bytes(" for ");
    private static final byte[] ADDRESS = bytes(" cents from ");

    private static final ThreadLocal<LineRenderer> RENDERERS = ThreadLocal.withInitial(LineRenderer::new);

    private final byte[] scratch = new byte[LONGEST];
    private final byte[] source =
            bytes(" INFO  [" + Thread.currentThread().getName() + "] " + OrderLine.LOGGER + " : user ");
    private byte[] date = {};
    private long dateMillis;

    static LineRenderer ofThisThread() {
        return RENDERERS.get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns a line with its line break. */
    byte[] newLine(String user, int order, int cents, String address) {
        return Arrays.copyOf(scratch, render(scratch, 0, user, order, cents, address));
    }

    /** Writes a line with its line break, and returns the place behind it. */
    int render(byte[] into, int from, String user, int order, int cents, String address) {
        int at = put(dateNow(), into, from);
        at = put(source, into, at);
        at = put(user, into, at);
        at = put(ORDER, into, at);
        at = put(order, into, at);
        at = put(CENTS, into, at);
        at = put(cents, into, at);
        at = put(ADDRESS, into, at);
        at = put(address, into, at);
        into[at] = '\n';
        return at + 1;
    }

    private byte[] dateNow() {
        long now = System.currentTimeMillis();
        if (now != dateMillis) {
            date = bytes(DATE.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(now), ZoneId.systemDefault())));
            dateMillis = now;
        }
        return date;
    }

    private static int put(byte[] text, byte[] into, int at) {
        System.arraycopy(text, 0, into, at, text.length);
        return at + text.length;
    }

    private static int put(String text, byte[] into, int at) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            into[at + i] = (byte) text.charAt(i);
        }
        return at + length;
    }

    /** Writes a number of four digits. */
    static int put(int number, byte[] into, int at) {
        int rest = number;
        for (int i = 3; i >= 0; i--) {
            into[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + 4;
    }
}
