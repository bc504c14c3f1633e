package io.asynclog.buffer;

import java.util.function.LongSupplier;

/**
 * The clocks of a buffer. Tests put others in.
 *
 * @param stamps by which records are stamped
 * @param epochMillis the time of day, by which is told for how long a sink is gone
 * @param nanoTime by which is told for how long no segment was needed, and a sink of this process is gone
 */
record BufferClocks(EpochClock stamps, LongSupplier epochMillis, LongSupplier nanoTime) {
    /** Returns those of the system. */
    static BufferClocks system() {
        return new BufferClocks(new EpochClock(), System::currentTimeMillis, System::nanoTime);
    }
}
