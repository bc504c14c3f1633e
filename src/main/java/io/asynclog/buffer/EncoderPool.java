package io.asynclog.buffer;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Encoders for the log calls under way. A call takes the encoder from the slot its thread maps to, or from one nearby, and
 * puts it back when done; only where all of these are out is another made. Unlike a thread-local this costs no memory per
 * (virtual) thread, and a call made from within another's {@code toString} finds the slot empty and takes the next.
 */
final class EncoderPool {
    /** Slots lie this far apart, so that two threads do not write to one cache line. */
    private static final int STRIDE = 16;

    private static final int PROBES = 4;

    private final int maxRecordSize;
    private final MessageTemplate.Cache templates = new MessageTemplate.Cache();
    private final int mask;
    /**
     * Taken with {@code getAndSet} (volatile), put back with release: the pair hands an encoder's fields from one thread to
     * the next. An encoder that is put back where another was put meanwhile replaces it, which costs no more than garbage.
     */
    private final AtomicReferenceArray<@Nullable RecordEncoder> slots;

    EncoderPool(int maxRecordSize, int processors) {
        this.maxRecordSize = maxRecordSize;
        int count = Integer.highestOneBit(Math.max(4, processors) * 8 - 1);
        mask = count - 1;
        slots = new AtomicReferenceArray<>(count * STRIDE);
    }

    RecordEncoder lease() {
        int home = home();
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = ((home + probe) & mask) * STRIDE;
            if (slots.getPlain(slot) != null) {
                RecordEncoder encoder = slots.getAndSet(slot, null);
                if (encoder != null) {
                    return encoder;
                }
            }
        }
        return new RecordEncoder(maxRecordSize, home * STRIDE, templates);
    }

    void release(RecordEncoder encoder) {
        slots.setRelease(encoder.slot(), encoder);
    }

    /** Spreads thread ids, which are dense, over the slots (Fibonacci hashing: Knuth, TAOCP vol. 3, 6.4). */
    private int home() {
        return (int) ((Thread.currentThread().getId() * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    }
}
