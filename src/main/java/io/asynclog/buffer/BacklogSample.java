package io.asynclog.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Copies of some records of a backlog: the next ones, and others picked at random from all of it. */
final class BacklogSample {
    private final UUID instance;
    private final List<Segment> segments;
    private final long from;
    private final Filter filter;
    private final List<SegmentBatch> taken = new ArrayList<>();

    /**
     * Creates a sample.
     *
     * @param segments those of the backlog, in order; the ones that were not checked yet are left out
     * @param from the position where it begins, with a record or at the end of what is published
     */
    BacklogSample(UUID instance, List<Segment> segments, long from, Filter filter) {
        this.instance = instance;
        this.segments = segments.stream().filter(Segment::isVerified).toList();
        this.from = from;
        this.filter = filter;
    }

    /** Returns at most so many batches of one record, half of them the next ones; a record may be among them twice. */
    List<SegmentBatch> take(int max) {
        takeNext((max + 1) / 2);
        for (int left = max - taken.size(); left > 0 && !taken.isEmpty(); left--) {
            takeAny();
        }
        return taken;
    }

    private void takeNext(int count) {
        for (Segment segment : segments) {
            for (int offset : wantedOffsets(segment)) {
                if (taken.size() == count) {
                    return;
                }
                takeAt(segment, offset);
            }
        }
    }

    private void takeAny() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Segment segment = segments.get(random.nextInt(segments.size()));
        List<Integer> offsets = wantedOffsets(segment);
        if (!offsets.isEmpty()) {
            takeAt(segment, offsets.get(random.nextInt(offsets.size())));
        }
    }

    private List<Integer> wantedOffsets(Segment segment) {
        List<Integer> offsets = new ArrayList<>();
        ByteBuffer bytes = segment.bytes();
        int at = (int) Math.max(0, from - segment.base());
        while (at < segment.size()) {
            int length = RecordCodec.publishedLength(bytes, at);
            if (length == 0) {
                break;
            }
            if (length > 0 && filter.test(bytes, at)) {
                offsets.add(at);
            }
            at += Math.abs(length);
        }
        return offsets;
    }

    private void takeAt(Segment segment, int offset) {
        byte[] copy = new byte[RecordCodec.publishedLength(segment.bytes(), offset)];
        segment.bytes().get(offset, copy);
        taken.add(new SegmentBatch(instance, copy, offset, new int[] {offset}, 0, 1));
    }

    /** Says which records are wanted. */
    @FunctionalInterface
    interface Filter {
        /** Returns whether the published record at an offset is wanted. */
        boolean test(ByteBuffer bytes, int offset);
    }
}
