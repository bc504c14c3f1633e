package io.asynclog.buffer;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Checks the records of a segment that an earlier process left, before any cursor reads it, and turns what cannot be
 * read into padding, so that cursors know of intact records only. What is damaged is reported, and a copy of it kept,
 * first.
 */
final class SegmentRepair {
    /** Lets one thread repair a segment while others that come to it wait. */
    private final ReentrantLock lock = new ReentrantLock();

    private final DamageReport damage;
    private final long closedInOrderFrom;

    /**
     * Creates a repair.
     *
     * @param closedInOrderFrom the position from which on the log was closed in order: there no call was under way, and
     *     every gap is damage
     */
    SegmentRepair(DamageReport damage, long closedInOrderFrom) {
        this.damage = damage;
        this.closedInOrderFrom = closedInOrderFrom;
    }

    /** Checks a segment whose end is known, unless it was checked before. */
    void verify(Segment segment) {
        lock.lock();
        try {
            if (!segment.isVerified()) {
                SegmentScan scan = SegmentScan.upTo(segment.endSequence(), segment);
                fill(segment, scan, 0);
                seal(segment, scan);
                segment.markVerified();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks a segment behind which the log breaks off.
     *
     * @return one beyond the last sequence found in it
     */
    long verifyOpenEnded(Segment segment) {
        SegmentScan scan = SegmentScan.openEnded(segment);
        fill(segment, scan, 0);
        seal(segment, scan);
        segment.markVerified();
        return scan.nextSequence();
    }

    /**
     * Checks the last segment, of which it is left open where it ends. The log can go on in it where it has room and
     * nothing is missing at its end; else it is closed.
     *
     * @param segmentSize the size that segments have now
     * @param known up to where the log is known to have come
     * @return the offset where the log goes on in it, or -1 when it is closed
     */
    int finishLast(Segment segment, int segmentSize, FileFormat.Point known) {
        SegmentScan scan = SegmentScan.openEnded(segment);
        long missing = Math.max(0, known.sequence() - scan.nextSequence());
        // A loss of power may take the padding at a segment's end alone: then nothing may be written where it was, for
        // who has passed it would never look there.
        boolean passed = known.position() > segment.base() + scan.end();
        fill(segment, scan, missing);
        segment.endAt(scan.nextSequence());
        segment.markVerified();
        if (scan.isSealed() || missing > 0 || passed || segment.size() != segmentSize) {
            seal(segment, scan);
            return -1;
        }
        segment.clearFrom(scan.end());
        return scan.end();
    }

    private static void seal(Segment segment, SegmentScan scan) {
        if (scan.end() < segment.size()) {
            RecordCodec.publishEndPadding(segment.bytes(), scan.end(), segment.size() - scan.end());
        }
    }

    /** Reports the gaps of a segment and fills those within with padding. */
    private void fill(Segment segment, SegmentScan scan, long missingAtEnd) {
        SegmentFile file = segment.file();
        if (file == null || (scan.gaps().isEmpty() && missingAtEnd == 0)) {
            return;
        }
        boolean closedInOrder = segment.base() >= closedInOrderFrom;
        boolean copied = closedInOrder || missingAtEnd > 0 || scan.isDamaged();
        String copy = copied ? "; " + damage.keepCopy(file.path()) : "";
        for (SegmentScan.Gap gap : scan.gaps()) {
            String where = "Segment file " + file.path() + ", bytes " + (FileFormat.SEGMENT_HEADER + gap.from())
                    + " to " + (FileFormat.SEGMENT_HEADER + gap.to()) + ": ";
            if (gap.damaged() || closedInOrder) {
                damage.lost(
                        gap.missing(),
                        where + "damaged; known to be missing: "
                                + DamageReport.records(gap.firstMissing(), gap.missing()) + copy);
            } else {
                damage.unfinished(
                        gap.missing(),
                        where + "left by log calls that had not returned when the process ended, or zeroed;"
                                + " known to be missing: "
                                + DamageReport.records(gap.firstMissing(), gap.missing()) + copy);
            }
            if (gap.to() <= scan.end()) {
                segment.pad(gap.from(), gap.to());
            }
        }
        if (missingAtEnd > 0) {
            damage.lost(
                    missingAtEnd,
                    "Segment file " + file.path() + " ends early: "
                            + DamageReport.records(scan.nextSequence(), missingAtEnd) + " cannot be read" + copy);
        }
    }
}
