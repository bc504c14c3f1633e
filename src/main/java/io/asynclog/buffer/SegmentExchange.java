package io.asynclog.buffer;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes segments out of use that nobody needs any more, and gives them back for use. Called under the buffer's lock but
 * for {@link Passed#clear}.
 */
final class SegmentExchange {
    private final SegmentChain chain;
    private final CursorSet cursors;

    SegmentExchange(SegmentChain chain, CursorSet cursors) {
        this.chain = chain;
        this.cursors = cursors;
    }

    /** Takes out what every cursor has passed. */
    Passed takePassed() {
        return new Passed(chain.takePassed(cursors.heldPosition()));
    }

    /**
     * Frees the oldest segment if only best-effort cursors still need it, which are told to go on behind it.
     *
     * @return whether there is more room now
     */
    boolean skipLaggards() {
        Segment oldest = chain.oldest();
        if (oldest == null || !oldest.isClosed() || !cursors.skip(oldest)) {
            return false;
        }
        List<Segment> passed = chain.takePassed(oldest.end());
        // Perhaps nobody has read them, so nobody has seen that every claim in them is published.
        passed.removeIf(segment -> {
            boolean whole = segment.isWhole();
            if (!whole) {
                chain.abandon(segment);
            }
            return !whole;
        });
        Passed taken = new Passed(passed);
        taken.clear();
        taken.giveBack();
        return true;
    }

    /** Segments that are out of use. */
    final class Passed {
        private final List<Segment> wanted = new ArrayList<>();
        private final List<Segment> unwanted = new ArrayList<>();
        private final boolean empty;

        private Passed(List<Segment> segments) {
            empty = segments.isEmpty();
            for (Segment segment : segments) {
                if (cursors.isReading(segment)) {
                    chain.abandon(segment); // an overtaken cursor may be; it is garbage once that cursor is done
                } else if (chain.takesBack(segment)) {
                    wanted.add(segment);
                } else {
                    unwanted.add(segment);
                }
            }
        }

        boolean isEmpty() {
            return empty;
        }

        /** Does what takes time. Needs no lock: nobody else knows these segments now. */
        void clear() {
            unwanted.forEach(chain::discard);
            wanted.forEach(chain::clear);
        }

        /** Gives back for use what was cleared. */
        void giveBack() {
            wanted.forEach(chain::recycle);
        }
    }
}
