package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks at every line that a measurement left and tells which are missing, which are there twice, and which come after
 * a later one of the same producer. A line that is not whole counts as missing.
 */
final class LineCheck {
    private static final byte[] USER = bytes(" : user m");
    private static final byte[] ORDER = bytes(" placed order ");
    private static final byte[] CENTS = bytes(" for ");
    private static final byte[] ADDRESS = bytes(" cents from " + OrderLine.ADDRESS);

    private final int producers;
    private final int recordsEach;
    /** The numbers that were found, of each producer. */
    private final List<BitSet> seen;

    private final int[] latest;
    private boolean ordered = true;
    private long lines;
    private long doubled;
    private long disordered;
    private long lineBytes;

    /** The line that is read, and how far. */
    private byte[] line = {};

    private int at;
    private int end;

    /** Prepares to look for {@code recordsEach} lines of each producer. */
    LineCheck(int producers, int recordsEach) {
        this.producers = producers;
        this.recordsEach = recordsEach;
        seen = Stream.generate(BitSet::new).limit(producers).toList();
        latest = new int[producers];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads the lines of a file from a place on. */
    static void readFile(Path file, long from, LineCheck check) throws IOException {
        byte[] chunk = new byte[1 << 20];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            for (int read = in.read(chunk); read > 0; read = in.read(chunk, kept, chunk.length - kept)) {
                int filled = kept + read;
                int begin = 0;
                for (int i = kept; i < filled; i++) {
                    if (chunk[i] == '\n') {
                        check.accept(chunk, begin, i);
                        begin = i + 1;
                    }
                }
                kept = filled - begin;
                System.arraycopy(chunk, begin, chunk, 0, kept);
            }
        }
    }

    /** Looks at the line in some bytes, from the first to the one before {@code to}; its line break is left out. */
    void accept(byte[] bytes, int from, int to) {
        line = bytes;
        at = from;
        end = to;
        if (!find(USER)) {
            return;
        }
        int producer = number();
        int order = skip(ORDER) ? number() : -1;
        int cents = skip(CENTS) ? number() : -1;
        if (order >= 0 && cents >= 0 && skip(ADDRESS) && at == end) {
            count(producer, OrderLine.number(order, cents));
            lineBytes += to - from + 1;
        }
    }

    private void count(int producer, int number) {
        if (producer >= producers || number < 0 || number >= recordsEach) {
            throw new IllegalStateException("Nobody logged number " + number + " of producer " + producer);
        }
        BitSet numbers = seen.get(producer);
        lines++;
        if (numbers.get(number)) {
            doubled++;
        } else if (number < latest[producer]) {
            disordered++;
        }
        numbers.set(number);
        latest[producer] = Math.max(latest[producer], number);
    }

    private boolean find(byte[] text) {
        while (at + text.length <= end) {
            if (matches(text)) {
                at += text.length;
                return true;
            }
            at++;
        }
        return false;
    }

    private boolean skip(byte[] text) {
        boolean there = at + text.length <= end && matches(text);
        at += text.length;
        return there;
    }

    private boolean matches(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (line[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private int number() {
        int number = 0;
        for (; at < end && line[at] >= '0' && line[at] <= '9'; at++) {
            number = number * 10 + line[at] - '0';
        }
        return number;
    }

    /** Nothing is lost by a subject that does not write. */
    void expectNothing() {
        seen.forEach(numbers -> numbers.set(0, recordsEach));
    }

    /** Lines that come too late are no fault of a subject that promises no order. */
    void expectNoOrder() {
        ordered = false;
    }

    /** Returns how many lines were lost, doubled, or out of order. */
    long faults() {
        return lost() + doubled + (ordered ? disordered : 0);
    }

    /** Returns how many lines were not found. */
    long lost() {
        return IntStream.range(0, producers)
                .mapToLong(producer -> lost(producer, recordsEach))
                .sum();
    }

    /** Returns how many of the first lines of a producer were not found. */
    int lost(int producer, int first) {
        return first - seen.get(producer).get(0, first).cardinality();
    }

    /** Returns how many lines were found once more. */
    long doubled() {
        return doubled;
    }

    /** Returns how many lines came too late. */
    long disordered() {
        return disordered;
    }

    /** Returns the mean length of a line with its line break. */
    long meanLength() {
        return lines == 0 ? 0 : Math.round((double) lineBytes / lines);
    }
}
