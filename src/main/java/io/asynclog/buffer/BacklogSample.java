package io.asynclog.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Copies of some records of a backlog: the next ones, and others picked at random from all of it. Looks at no more than
 * the beginning of each segment, since nobody can exchange a segment meanwhile. Used under the buffer's lock.
 */
final class BacklogSample {
    /** How far it looks within a segment. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final Supplier<UUID> instance;
    private final List<Segment> segments;
    private final long from;
    private final Filter filter;

    /**
     * Creates a sample.
     *
     * @param instance gives the identity of the log
     * @param segments those of the backlog, in order; the ones that were not checked yet are left out
     * @param from the position where it begins, with a record or at the end of what is published
     */
    BacklogSample(Supplier<UUID> instance, List<Segment> segments, long from, Filter filter) {
        this.instance = instance;
        this.segments = segments.stream().filter(Segment::isVerified).toList();
        this.from = from;
        this.filter = filter;
    }

    /** Returns at most so many of the next records in the first segment, each as a batch. */
    List<SegmentBatch> next(int max) {
        List<SegmentBatch> taken = new ArrayList<>();
        if (!segments.isEmpty()) {
            Segment segment = segments.get(0);
            int end = end(segment);
            for (int at = wantedFrom(segment, begin(segment), end);
                    at < end && taken.size() < max;
                    at = wantedFrom(segment, behind(segment, at), end)) {
                taken.add(copy(segment, at));
            }
        }
        return taken;
    }

    /** Returns a record of some segment, as a batch of its own, or none when there is none in that segment. */
    List<SegmentBatch> any() {
        if (segments.isEmpty()) {
            return List.of();
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Segment segment = segments.get(random.nextInt(segments.size()));
        int end = end(segment);
        int picked = end;
        int seen = 0;
        for (int at = wantedFrom(segment, begin(segment), end);
                at < end;
                at = wantedFrom(segment, behind(segment, at), end)) {
            picked = random.nextInt(++seen) == 0 ? at : picked; // each of those seen with the same probability
        }
        return picked < end ? List.of(copy(segment, picked)) : List.of();
    }

    private int begin(Segment segment) {
        return (int) Math.max(0, from - segment.base());
    }

    private int end(Segment segment) {
        return (int) Math.min(segment.size(), (long) begin(segment) + MAX_BYTES);
    }

    /** Returns where the first record at or behind an offset is that is wanted, or {@code end} when there is none. */
    private int wantedFrom(Segment segment, int offset, int end) {
        ByteBuffer bytes = segment.bytes();
        int at = offset;
        while (at < end) {
            int length = RecordCodec.publishedLength(bytes, at);
            if (length == 0) {
                return end;
            }
            if (length > 0 && filter.test(bytes, at)) {
                return at;
            }
            at += Math.abs(length);
        }
        return end;
    }

    private static int behind(Segment segment, int offset) {
        return offset + RecordCodec.publishedLength(segment.bytes(), offset);
    }

    private SegmentBatch copy(Segment segment, int offset) {
        byte[] copy = new byte[RecordCodec.publishedLength(segment.bytes(), offset)];
        segment.bytes().get(offset, copy);
        return new SegmentBatch(instance, copy, offset, new int[] {offset}, 0, 1);
    }

    /** Says which records are wanted. */
    @FunctionalInterface
    interface Filter {
        /** Returns whether the published record at an offset is wanted. */
        boolean test(ByteBuffer bytes, int offset);
    }
}
