package io.asynclog.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Something that is leased to one thread at a time. It is either here to be taken, or out; a new one counts as out. Who
 * has it is not recorded: that would be the store of a reference, behind which G1 puts a fence.
 */
abstract class Lendable {
    private static final VarHandle HERE = hereHandle();

    /**
     * Given back with release, taken with acquire or more: the pair hands over the fields from one thread to the next.
     * False by default, so that a thread that cannot see all of a new one takes it for out. Stays false for good when a
     * call breaks off, for nobody knows then who has it.
     */
    private boolean here;

    private static VarHandle hereHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Lendable.class, "here", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /**
     * Takes this, if it is here. For the only thread that ever does: without an atomic operation, which waits until
     * what the thread wrote last has left the processor's store buffer.
     */
    final boolean takeAlone() {
        if (!isHere()) {
            return false;
        }
        here = false;
        return true;
    }

    /** Takes this, if it is here and no other thread is faster. */
    final boolean take() {
        return here && HERE.compareAndSet(this, true, false);
    }

    /** Gives this back. By whoever has it, which need not be the thread that took it. */
    final void giveBack() {
        HERE.setRelease(this, true);
    }

    /** Returns whether this is not out. Acquire: who takes it over from a thread that has ended sees all of it. */
    final boolean isHere() {
        return (boolean) HERE.getAcquire(this);
    }
}
