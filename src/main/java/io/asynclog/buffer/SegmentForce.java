package io.asynclog.buffer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forces the records of the log to the device, in rounds, by one thread. A round covers all that is claimed, so all
 * that is published; but the next one begins no later than at the first place that was not published before this one
 * forced: what is published there afterwards may have come too late for it.
 */
final class SegmentForce {
    private final ReentrantLock lock;
    private final Tail tail;
    private final SegmentChain chain;
    private final Device device;
    /** Before which every record is on the device. */
    private long forced;

    SegmentForce(ReentrantLock lock, Tail tail, SegmentChain chain, long firstPosition) {
        this(lock, tail, chain, firstPosition, Segment::force);
    }

    SegmentForce(ReentrantLock lock, Tail tail, SegmentChain chain, long firstPosition, Device device) {
        this.lock = lock;
        this.tail = tail;
        this.chain = chain;
        this.forced = firstPosition;
        this.device = device;
    }

    /** Forces all records that are published. */
    void force() throws IOException {
        List<Part> parts = new ArrayList<>();
        try {
            findParts(parts);
            force(parts);
        } finally {
            parts.forEach(part -> part.segment.endForcing());
        }
    }

    private void force(List<Part> parts) throws IOException {
        long whole = forced;
        boolean gap = false;
        for (Part part : parts) {
            if (!gap) {
                // Not beyond the part's end: what was published there meanwhile is not forced in this round.
                int published = Math.min(part.to, part.segment.publishedFrom(part.from));
                // Begun anew meanwhile? Then every sink had passed it, and what it now reads is of no account.
                published = part.segment.base() == part.base ? published : part.to;
                whole = part.base + published;
                gap = published < part.to;
            }
            device.force(part.segment, part.base, part.from, part.to);
        }
        forced = whole;
    }

    private void findParts(List<Part> parts) {
        lock.lock();
        try {
            long end = tail.claimedPosition();
            for (Segment segment : chain.between(forced, end)) {
                int from = (int) Math.max(0, forced - segment.base());
                int to = (int) Math.min(segment.size(), end - segment.base());
                if (to > from) {
                    parts.add(new Part(segment, segment.base(), from, to));
                    segment.beginForcing();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forces a part of a segment. Tests put another one in. */
    @FunctionalInterface
    interface Device {
        void force(Segment segment, long atBase, int from, int to) throws IOException;
    }

    /** What is to be forced of a segment, which is at a base as long as it is not passed. */
    private record Part(Segment segment, long base, int from, int to) {}
}
