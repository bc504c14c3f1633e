package io.asynclog.buffer;

import java.lang.ref.WeakReference;

/**
 * An encoder that one thread has for itself. The thread is held weakly: once it has ended its place is for another one. The
 * encoder may be given back by another thread, when its record was parked or bound to a transaction.
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
     * Notes that the caller found the encoder out, and returns whether it is the owner and came so often in vain that it had
     * better have another. A call from within another's {@code toString}, and a record that is parked or bound to a transaction,
     * keep the encoder out as well; one encoder more in so many calls costs nothing.
     */
    boolean isLost(Thread caller) {
        return owner.refersTo(caller) && ++misses > MAX_MISSES;
    }

    RecordEncoder encoder() {
        return encoder;
    }
}
