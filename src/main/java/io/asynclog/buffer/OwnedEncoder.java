package io.asynclog.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;

/**
 * An encoder that one thread has for itself and takes without an atomic operation, which would wait until what the thread wrote
 * last has left the processor's store buffer. The thread is held weakly: once it has ended its place is for another one.
 */
final class OwnedEncoder {
    private static final VarHandle OUT = outHandle();
    private static final int MAX_MISSES = 1000;

    private final WeakReference<Thread> owner;
    private final RecordEncoder encoder;

    /**
     * Whether the encoder is out, which only the owner makes true. It may be given back by another thread, when its record was
     * parked or bound to a transaction: with release, which pairs with the acquire of the owner and hands the encoder's fields
     * over. Stays true for good when a call breaks off, for nobody knows then who has the encoder: it {@linkplain #isLost
     * is lost}.
     */
    @SuppressWarnings("UnusedVariable") // read through its handle
    private boolean out = true;

    /** How often its owner found the encoder out. Only the owner touches it. */
    private int misses;

    /** Creates the ownership of an encoder, which is out. */
    OwnedEncoder(Thread owner, RecordEncoder encoder) {
        this.owner = new WeakReference<>(owner);
        this.encoder = encoder;
    }

    private static VarHandle outHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(OwnedEncoder.class, "out", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Takes the encoder, unless the caller is not its owner or it is out. */
    boolean take(Thread caller) {
        if (!owner.refersTo(caller) || isOut()) {
            return false;
        }
        out = true;
        return true;
    }

    void giveBack() {
        OUT.setRelease(this, false);
    }

    /** Returns whether the encoder is out. Acquire: who takes it over from an owner that has ended sees all of it. */
    boolean isOut() {
        return (boolean) OUT.getAcquire(this);
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
