package io.asynclog.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The decimal digits of numbers that are not negative, as ASCII. Two at a time, for half the divisions. */
public final class DecimalDigits {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    /** The two digits of each number below 100, as they are to stand in two bytes. */
    private static final short[] PAIRS = pairs();

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private DecimalDigits() {}

    /**
     * Returns how many digits a number has. 1233 / 4096 is the logarithm of 2 to the base of 10, see Warren, Hacker's
     * Delight, 2nd edition, section 11-4.
     */
    public static int count(long number) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(number | 1);
        int atLeast = (bits * 1233) >>> 12;
        return number < POWERS_OF_TEN[atLeast] ? Math.max(1, atLeast) : atLeast + 1;
    }

    /** Writes all digits of a number so that they end before a place. */
    public static void put(long number, byte[] target, int end) {
        long rest = number;
        int at = end;
        while (rest > Integer.MAX_VALUE) {
            at -= 2;
            SHORT.set(target, at, PAIRS[(int) (rest % 100)]);
            rest /= 100;
        }
        put((int) rest, target, at);
    }

    /** Divides ints, which is cheaper. */
    private static void put(int number, byte[] target, int end) {
        int rest = number;
        int at = end;
        while (rest >= 100) {
            at -= 2;
            SHORT.set(target, at, PAIRS[rest % 100]);
            rest /= 100;
        }
        if (rest >= 10) {
            SHORT.set(target, at - 2, PAIRS[rest]);
        } else {
            target[at - 1] = (byte) ('0' + rest);
        }
    }

    /** Writes the last digits of a number, with zeros before it where it has fewer. */
    public static void putPadded(int number, int count, byte[] target, int from) {
        int rest = number;
        int at = from + count;
        while (at - from >= 2) {
            at -= 2;
            SHORT.set(target, at, PAIRS[rest % 100]);
            rest /= 100;
        }
        if (at > from) {
            target[from] = (byte) ('0' + rest % 10);
        }
    }

    private static short[] pairs() {
        short[] pairs = new short[100];
        for (int number = 0; number < pairs.length; number++) {
            pairs[number] = (short) (('0' + number / 10) << Byte.SIZE | ('0' + number % 10));
        }
        return pairs;
    }

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}
