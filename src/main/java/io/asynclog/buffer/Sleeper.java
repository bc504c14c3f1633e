package io.asynclog.buffer;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The owner of a cursor as one that waits for records: asleep until somebody wakes it, or lingering for a moment.
 *
 * <p>No wake-up is lost, and no producer pays a fence for it: the owner first says that it sleeps and then looks at the
 * <em>claims</em>; a producer claims first (an atomic add, which is a full fence anyway) and looks for sleepers after
 * it has published. Both orders are volatile, so either the owner sees the claim and stays awake, or the producer sees
 * the sleeper. Looking at publications instead would leave a gap between a producer's publish and its look.
 */
final class Sleeper {
    /** Between two looks at a claim that is not published. */
    private static final long UNPUBLISHED_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int AWAKE = 0;
    private static final int ASLEEP = 1;
    private static final int WOKEN = 2;

    private final ReadableLog log;
    private final CursorPlace place;
    /** Null when there is nobody to wake. */
    private final @Nullable Thread owner;

    /**
     * Set by the owner, to asleep before it sleeps and to awake behind that. Whoever wakes it makes asleep woken, and
     * then unparks; should it break off in between, {@link #wakeAgain} makes up for it. See
     * {@link CursorSet#wakeSleepers}.
     */
    private final AtomicInteger state = new AtomicInteger();
    /**
     * Set by the owner while it {@linkplain #linger lingers}, cleared by whoever is in a hurry, or begins a segment.
     */
    private volatile boolean lingering;
    /**
     * Set by whoever is in a {@linkplain #hurry hurry}, taken back by the owner before it looks for records. With
     * {@link #lingering} it makes sure that no hurry is missed: the owner says that it lingers and then looks whether
     * somebody is in a hurry, who says so first, unless another has, and then looks whether the owner lingers.
     */
    private volatile boolean hurried;

    Sleeper(ReadableLog log, CursorPlace place, @Nullable Thread owner) {
        this.log = log;
        this.place = place;
        this.owner = owner;
    }

    // ---- for the owner ----------------------------------------------------------------------------------------------

    /**
     * Sleeps until a record is claimed behind the cursor's place, somebody wakes it, or the time is over. Where a claim
     * is there already lingers instead: as a rule it is published in a moment, but its producer may be held up.
     */
    void sleep(long maxNanos) {
        boolean asleep = fallAsleep();
        if (asleep) {
            LockSupport.parkNanos(this, maxNanos);
        }
        awake();
        if (!asleep) {
            linger(UNPUBLISHED_NANOS);
        }
    }

    /** Says that the owner sleeps, and returns whether it may: if not, there is a claim. */
    boolean fallAsleep() {
        log.cursors().addSleeper(); // before the state: a push looks at the count first
        state.set(ASLEEP);
        return !log.isClaimedBeyond(place.position());
    }

    /** Says that the owner sleeps no more. */
    void awake() {
        state.set(AWAKE);
        log.cursors().removeSleeper();
    }

    /** Waits until the time is over or somebody is in a {@linkplain #hurry hurry}, or was since the latest look. */
    void linger(long nanos) {
        if (beginLingering()) {
            LockSupport.parkNanos(this, nanos);
        }
        lingering = false;
    }

    /**
     * Does the same, unless so many bytes have come together since the owner moved on. Looked at behind
     * {@link #lingering}, and claimed before a segment begins: whoever begins one meanwhile is seen here, or sees that
     * the owner lingers.
     */
    void gather(long nanos, int enoughBytes) {
        if (beginLingering() && !log.isClaimedBeyond(place.position() + enoughBytes)) {
            LockSupport.parkNanos(this, nanos);
        }
        lingering = false;
    }

    /** Says that the owner lingers, and returns whether it may: if not, somebody is in a hurry. */
    boolean beginLingering() {
        lingering = true;
        return !hurried;
    }

    /**
     * Returns whether somebody was in a hurry since the latest look, and forgets it: the owner looks for records now,
     * and finds those that whoever it was had published before, up to the first claim that is not published.
     */
    boolean takeHurry() {
        if (!hurried) {
            return false;
        }
        hurried = false;
        // Between this store and the look at what is published, a load acquire; pairs with the fence in hurry(): either
        // this look finds the record of a caller, or that caller sees that nobody is in a hurry any more, and says so.
        VarHandle.fullFence();
        return true;
    }

    // ---- for any thread ---------------------------------------------------------------------------------------------

    /** Has the owner look for records before it lingers again, and now if it does. */
    void hurry() {
        // Between the caller's publication, a release store, and this look; pairs with the fence in takeHurry(). Or the
        // caller might go by the hurry of another, which the owner takes back in the same moment and then looks past
        // what is not to be seen yet.
        VarHandle.fullFence();
        if (!hurried) {
            hurried = true;
        }
        endLinger();
    }

    /**
     * Has the owner look for records if it lingers. It may be about to, and then does for as long as it had in mind.
     */
    void endLinger() {
        if (lingering) {
            lingering = false; // so that not everybody who comes by unparks
            LockSupport.unpark(owner);
        }
    }

    /** Returns whether the owner lingers, and nobody has cut that short. */
    boolean isLingering() {
        return lingering;
    }

    /** Wakes the owner, now or as soon as it falls asleep. */
    void wake() {
        LockSupport.unpark(owner);
    }

    /** Wakes the owner if it sleeps and nobody else does so. */
    void wakeIfAsleep() {
        if (noteWoken()) {
            LockSupport.unpark(owner);
        }
    }

    /** Notes that the owner is woken; returns whether this call did, at most one for each sleep: it is to unpark. */
    boolean noteWoken() {
        return state.get() == ASLEEP && state.compareAndSet(ASLEEP, WOKEN);
    }

    /**
     * Wakes the owner if it sleeps over a record: for a moment, until whoever claimed has woken it; for long where that
     * log call broke off in between, by a stack overflow say. All others leave it to that one, and where there is no
     * room any more there are no others.
     */
    void wakeAgain() {
        if (state.get() != AWAKE && log.isClaimedBeyond(place.position())) {
            LockSupport.unpark(owner);
        }
    }
}
