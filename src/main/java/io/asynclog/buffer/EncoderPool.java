package io.asynclog.buffer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Encoders for the log calls under way. A platform thread has one {@linkplain OwnedEncoder of its own} if there is a
 * place for it, mostly that of one that has ended. All others, virtual threads among them, take one from the shared
 * slot that their thread maps to, or from one nearby; only where all of these are out is another made, which gets a
 * place when it is done. A thread whose own encoder never comes back, because a call broke off, has another before
 * long. Unlike a thread-local this costs no memory for each thread, and keeps nothing alive that a thread does not need
 * any more. A call made from within another's {@code toString} finds the encoder out and takes the next.
 */
final class EncoderPool {
    /** Slots lie this far apart, so that two threads do not write to one cache line. */
    private static final int STRIDE = 16;

    private static final int PROBES = 4;
    /** As many threads as have an encoder of their own at most, of some kilobytes. */
    private static final int OWNED = 128;

    private static final @Nullable MethodHandle IS_VIRTUAL = isVirtualHandle();

    private final int maxRecordSize;
    private final MaskedKeys maskedKeys;
    private final MessageTemplate.Cache templates = new MessageTemplate.Cache();
    private final int mask;
    /**
     * Read plainly: an encoder that is not yet visible counts as out. One that is given back replaces any other in its
     * slot, since that one was out, perhaps for good, when this one was made. At worst an encoder becomes garbage.
     */
    private final AtomicReferenceArray<@Nullable RecordEncoder> slots;
    /**
     * Read plainly, as all that matters of what is there is final or has an order of its own; changed by
     * {@code compareAndSet}.
     */
    private final AtomicReferenceArray<@Nullable OwnedEncoder> owned = new AtomicReferenceArray<>(OWNED);

    EncoderPool(int maxRecordSize, MaskedKeys maskedKeys, int processors) {
        this.maxRecordSize = maxRecordSize;
        this.maskedKeys = maskedKeys;
        int count = Integer.highestOneBit(Math.max(4, processors) * 8 - 1);
        mask = count - 1;
        slots = new AtomicReferenceArray<>(count * STRIDE);
    }

    /** Looks the method up, for this class runs on Java 17 too. */
    private static @Nullable MethodHandle isVirtualHandle() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException olderJvm) {
            return null;
        }
    }

    RecordEncoder lease() {
        Thread caller = Thread.currentThread();
        return lease(caller, hash(caller));
    }

    /** Leases an encoder for a thread of this hash. */
    RecordEncoder lease(Thread caller, int hash) {
        OwnedEncoder own = owned.getPlain(place(hash));
        return own != null && own.take(caller) ? own.encoder() : leaseElsewhere(caller, hash, own);
    }

    private RecordEncoder leaseElsewhere(Thread caller, int hash, @Nullable OwnedEncoder found) {
        boolean free = found == null || found.isOrphaned() || found.isLost(caller);
        return free && !isVirtual(caller) ? leaseOwn(caller, hash, found) : leaseShared(hash & mask);
    }

    /**
     * Takes a place over, with the encoder there unless it is out. First the place, which one thread gets; then what is
     * in it.
     */
    private RecordEncoder leaseOwn(Thread caller, int hash, @Nullable OwnedEncoder found) {
        boolean inherits = found != null && found.encoder().isHere();
        RecordEncoder encoder = inherits ? Objects.requireNonNull(found).encoder() : newEncoder(hash & mask);
        OwnedEncoder own = new OwnedEncoder(caller, encoder);
        if (!owned.compareAndSet(place(hash), found, own)) {
            return leaseShared(hash & mask);
        }
        encoder.ownBy(own);
        boolean ignored = inherits && own.take(caller); // nobody else may
        return encoder;
    }

    private RecordEncoder leaseShared(int home) {
        for (int probe = 0; probe < PROBES; probe++) {
            RecordEncoder encoder = slots.getPlain(((home + probe) & mask) * STRIDE);
            if (encoder != null && encoder.take()) {
                return encoder;
            }
        }
        return newEncoder(home);
    }

    private RecordEncoder newEncoder(int home) {
        return new RecordEncoder(maxRecordSize, maskedKeys, home * STRIDE, templates);
    }

    void release(RecordEncoder encoder) {
        encoder.trim();
        if (encoder.owned() == null && slots.getPlain(encoder.slot()) != encoder) {
            slots.setRelease(encoder.slot(), encoder);
        }
        encoder.giveBack();
    }

    private static boolean isVirtual(Thread thread) {
        try {
            return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Error callers) {
            throw callers; // of a stack that is used up, say
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int place(int hash) {
        return hash & (OWNED - 1);
    }

    /** Spreads thread ids, which are dense, over the places (Fibonacci hashing: Knuth, TAOCP vol. 3, 6.4). */
    private static int hash(Thread thread) {
        return (int) ((thread.getId() * 0x9E3779B97F4A7C15L) >>> 32);
    }
}
