package io.asynclog.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Copies printable ASCII from strings to bytes: nearly all text there is. Long runs go through the JVM's vectorized
 * {@code getChars} and ISO 8859-1 encoder and are then checked eight bytes at a time, which is faster than a loop over
 * {@code charAt}. Below {@link #MIN_BULK} characters the loop is.
 */
final class PrintableAscii {
    static final int MIN_BULK = 40;
    static final int CHUNK = 512;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final char[] chars = new char[CHUNK];
    private final CharBuffer charBuffer = CharBuffer.wrap(chars);
    private final CharsetEncoder encoder = StandardCharsets.ISO_8859_1.newEncoder();
    private ByteBuffer byteBuffer = ByteBuffer.allocate(0);

    /** Forgets the array that was copied to last. */
    void forgetTarget() {
        byteBuffer = ByteBuffer.allocate(0);
    }

    /**
     * Copies characters until one is not printable ASCII. May have written beyond what it returns, within
     * {@code length}.
     *
     * @return how many were copied
     */
    int copy(String string, int from, int length, byte[] target, int offset) {
        if (length < MIN_BULK) {
            return copyEach(string, from, length, target, offset);
        }
        int copied = 0;
        while (copied < length) {
            int chunk = Math.min(CHUNK, length - copied);
            if (!copyChunk(string, from + copied, chunk, target, offset + copied)) {
                return copied + copyEach(string, from + copied, chunk, target, offset + copied);
            }
            copied += chunk;
        }
        return copied;
    }

    private static int copyEach(String string, int from, int length, byte[] target, int offset) {
        int i = 0;
        while (i < length) {
            char c = string.charAt(from + i);
            if (c < ' ' || c > '~') {
                break;
            }
            target[offset + i] = (byte) c;
            i++;
        }
        return i;
    }

    private boolean copyChunk(String string, int from, int length, byte[] target, int offset) {
        if (byteBuffer.array() != target) {
            byteBuffer = ByteBuffer.wrap(target);
        }
        string.getChars(from, from + length, chars, 0);
        charBuffer.limit(length).position(0);
        byteBuffer.position(offset);
        // A high surrogate in last place is no error for the encoder, which awaits the low one, and writes nothing.
        boolean isWhole = encoder.encode(charBuffer, byteBuffer, false).isUnderflow() && !charBuffer.hasRemaining();
        return isWhole && isPrintable(target, offset, length);
    }

    /**
     * Looks at eight bytes at once. The last eight come first, and overlap others: those before, and where the last
     * chunk of a text has fewer than eight, the end of the chunk before, which is printable. So a text has eight bytes
     * at least.
     */
    private static boolean isPrintable(byte[] target, int offset, int length) {
        int last = offset + length - Long.BYTES;
        long bad = unprintable((long) LONG.get(target, last));
        for (int at = offset; at < last; at += Long.BYTES) { // not at + 8 <= end: the JVM does not unroll that
            bad |= unprintable((long) LONG.get(target, at));
        }
        return (bad & HIGH_BITS) == 0;
    }

    /** The high bit of a byte is set in one of the three terms unless it is printable. */
    private static long unprintable(long bytes) {
        return bytes | (bytes - 0x2020202020202020L) | (bytes + 0x0101010101010101L);
    }
}
