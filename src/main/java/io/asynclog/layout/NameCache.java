package io.asynclog.layout;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What names look like in print, found by their UTF-8 without making a string. Forgets everything when it is full. */
final class NameCache {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;
    private static final int SLOT_BITS = 10;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int MAX_NAMES = SLOTS / 2;
    private static final int MAX_NAME_LENGTH = 512;

    private final @Nullable Name[] names = new @Nullable Name[SLOTS];
    private int count;

    /** Returns what was put for the name in a range, or null. */
    byte @Nullable [] find(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        while (true) {
            Name name = names[slot];
            if (name == null) {
                return null;
            }
            if (Arrays.equals(name.bytes, 0, name.bytes.length, bytes, from, to)) {
                return name.printed;
            }
            slot = next(slot);
        }
    }

    /** Puts a name that {@link #find} did not find. */
    void put(byte[] bytes, byte[] printed) {
        if (bytes.length > MAX_NAME_LENGTH) {
            return;
        }
        if (count == MAX_NAMES) {
            Arrays.fill(names, null);
            count = 0;
        }
        int slot = slot(bytes, 0, bytes.length);
        while (names[slot] != null) {
            slot = next(slot);
        }
        names[slot] = new Name(bytes, printed);
        count++;
    }

    private static int next(int slot) {
        return (slot + 1) % SLOTS;
    }

    private static int slot(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int last = to - Long.BYTES;
        for (int at = from; at < last; at += Long.BYTES) {
            hash = Long.rotateLeft(hash, 5) ^ (long) LONGS.get(bytes, at);
        }
        if (last >= from) {
            hash = Long.rotateLeft(hash, 5) ^ (long) LONGS.get(bytes, last); // overlaps the one before
        } else {
            for (int at = from; at < to; at++) {
                hash = Long.rotateLeft(hash, 5) ^ bytes[at];
            }
        }
        return (int) ((hash * GOLDEN_RATIO) >>> (Long.SIZE - SLOT_BITS));
    }

    private static final class Name {
        private final byte[] bytes;
        private final byte[] printed;

        Name(byte[] bytes, byte[] printed) {
            this.bytes = bytes;
            this.printed = printed;
        }
    }
}
