package io.asynclog.buffer;

import java.lang.ref.WeakReference;

/**
 * An encoder that one thread has for itself. The thread is held weakly: once it has ended its place is for another one.
 * The encoder may be given back by another thread, when its record was parked or bound to a transaction.
 */
final class OwnedEncoder {
    private static final int MAX_MISSES = 1000;

    private final WeakReference<Thread> owner;
    private final RecordEncoder encoder;

    /** How often its owner found the encoder out. Only the owner touches it. */
    private int misses;

    /** Creates the ownership of an encoder. */
    OwnedEncoder(Thread owner, RecordEncoder encoder) {
        this.owner = new WeakReference<>(owner);
        this.encoder = encoder;
    }

    /** Takes the encoder, unless the caller is not its owner or it is out. */
    boolean take(Thread caller) {
        return owner.refersTo(caller) && encoder.takeAlone();
    }

    /** Returns whether nobody will ever take the encoder again. */
    boolean isOrphaned() {
        Thread thread = owner.get();
        return thread == null || !thread.isAlive();
    }

    /**
     * Counts a lease that failed because the encoder was out. Returns whether the caller is its owner and has failed so
     * often that the encoder is taken for lost. Calls from within another's {@code toString}, and records that are
     * parked or bound to a transaction, count too: one more encoder in so many calls costs nothing.
     */
    boolean isLost(Thread caller) {
        return owner.refersTo(caller) && ++misses > MAX_MISSES;
    }

    RecordEncoder encoder() {
        return encoder;
    }
}
