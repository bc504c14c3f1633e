package io.asynclog.buffer;

import io.asynclog.internal.Checkpoint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Segments of direct memory. They return to the system when the JVM collects them. */
class MemoryStorage implements SegmentStorage {
    private final int segmentSize;
    private final RecoveredLog empty;
    /**
     * Null until somebody asks, as most sinks never do: in an application that has no other use for the JDK's secure
     * random numbers, to load their classes takes 15 ms. Of several that ask first, one sets it, and all take what is
     * set.
     */
    private final AtomicReference<@Nullable UUID> instance = new AtomicReference<>();

    MemoryStorage(int segmentSize, long firstPosition, long firstSequence) {
        this.segmentSize = segmentSize;
        this.empty = RecoveredLog.empty(firstPosition, firstSequence);
    }

    @Override
    public Supplier<UUID> instance() {
        return this::chosenInstance;
    }

    private UUID chosenInstance() {
        UUID chosen = instance.get();
        if (chosen != null) {
            return chosen;
        }
        UUID proposed = UUID.randomUUID();
        UUID set = instance.compareAndExchange(null, proposed);
        return set == null ? proposed : set;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public RecoveredLog recover() {
        return empty;
    }

    @Override
    public void verify(Segment segment) {}

    @Override
    public @Nullable SavedCursor openCursor(String sink) {
        return null;
    }

    @Override
    public void settle() {}

    @Override
    public Checkpoint checkpointOf(String sink) {
        return Checkpoint.NONE;
    }

    @Override
    public List<SavedCursor> savedCursors() {
        return List.of();
    }

    @Override
    public @Nullable RecoveryStatus recoveryStatus() {
        return null;
    }

    @Override
    public Segment create() {
        return new Segment(ByteBuffer.allocateDirect(segmentSize));
    }

    @Override
    public boolean mayHang() {
        return false;
    }

    @Override
    public void noteNewest(Segment next, long base, long firstSequence) {}

    @Override
    public int spares() {
        return 1;
    }

    @Override
    public int maxFree() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void clear(Segment segment) {
        segment.clear();
    }

    @Override
    public int segmentSize() {
        return segmentSize;
    }

    @Override
    public void discard(Segment segment) {}

    @Override
    public void abandon(Segment segment) {}

    @Override
    public void housekeep() {}

    @Override
    public void close(long endPosition, long endSequence) {}
}
