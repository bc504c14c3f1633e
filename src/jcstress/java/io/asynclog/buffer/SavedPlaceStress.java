package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.slf4j.event.Level;

/**
 * A sink passes a segment while another thread looks whether it may free that: when it may, the sink's saved place lies
 * behind the segment. A process killed at this instant would else leave a place in a segment that is not there any
 * more.
 */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "not yet passed")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "passed, and so is the saved place")
@Outcome(expect = Expect.FORBIDDEN, desc = "the segment may be freed and the saved place is still in it")
@State
public class SavedPlaceStress {
    private final Place place = new Place();
    private final AsyncBuffer buffer;
    private final Cursor cursor;
    private final long end;

    public SavedPlaceStress() {
        buffer = StressBuffer.withPlace(place);
        cursor = buffer.openCursor("stress", true, Thread.currentThread(), 16);
        StressBuffer.fillSegment(buffer);
        end = StressBuffer.SEGMENT_SIZE;
    }

    @Actor
    public void sink() {
        cursor.read(Level.TRACE, true);
        cursor.pass();
    }

    @Actor
    public void whoeverFrees(I_Result result) {
        boolean passed = cursor.neededPosition() >= end;
        result.r1 = passed ? place.position >= end ? 1 : -1 : 0;
    }

    /** Stands for the file: what was stored here survives. */
    static final class Place implements CursorStore {
        private volatile long position;

        @Override
        public void write(int slot, FileFormat.CursorEntry entry) {
            position = entry.position();
        }

        @Override
        public void remove(SavedCursor cursor) {}
    }
}
