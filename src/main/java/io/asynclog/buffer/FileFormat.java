package io.asynclog.buffer;

import io.asynclog.internal.Checkpoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The byte layout of the files of a mapped buffer, version 1, in the byte order of the machine. No other class knows an
 * offset in them, but {@link RecordCodec} those within a record. {@code docs/storage-format.md} describes it for
 * humans.
 *
 * <p>Headers and places are there twice, each with a checksum, and the two are never written at the same time: the end
 * of the process in the midst of one leaves the other. The two copies of a segment's header stand at opposite ends of
 * the file, so that damage to one place does not reach both. A point stands once; where it cannot be read, less is
 * known, and nothing is taken for granted.
 */
final class FileFormat {
    static final int VERSION = 1;

    /** Bytes before the data of a segment: a page, so that the data begins on one. */
    static final int SEGMENT_HEADER = 4096;
    /** Bytes behind the data of a segment. */
    static final int SEGMENT_FOOTER = 64;

    /** The base of a segment that was never used. */
    static final long FREE = -1;

    static final int CURSOR_HEADER = 4096;
    static final int CURSOR_SLOT = 4096;
    static final int CURSOR_SLOTS = 64;
    static final int CURSOR_COPY = 2048;
    static final int MAX_NAME = 512;
    static final int MAX_STATE = Checkpoint.MAX_LENGTH;

    /** Stands for the unsettled point when all sinks have their places; zeros would, too, where a page was lost. */
    static final Point SETTLED = new Point(-1, -1);

    private static final long SEGMENT_MAGIC = 0x6173796e636c6f67L; // "asynclog"
    private static final long CURSOR_MAGIC = 0x6173796e63637572L; // "asynccur"

    private static final int MAGIC = 0;
    private static final int FORMAT_VERSION = 8;
    private static final int SEGMENT_SIZE = 12;
    private static final int INSTANCE = 16;
    private static final int SALT = 32;
    private static final int BASE = 40;
    private static final int FIRST_SEQUENCE = 48;
    /** In the cursor file, in the place of a base. */
    private static final int USED_SLOTS = 40;

    private static final int HEADER_CHECK = 56;

    private static final int CLEAN_END = 1024;
    private static final int NEWEST = 1088;
    static final int UNSETTLED = 1152;
    private static final int BEGUN = 1216;
    /** Behind position and sequence. */
    private static final int POINT_CHECK = 16;

    private static final int SLOT_CHECK = 0;
    private static final int SLOT_BODY = 8;
    private static final int SLOT_POSITION = 16;
    private static final int SLOT_SEQUENCE = 24;
    private static final int SLOT_ATTEMPTED = 32;
    private static final int SLOT_GONE_SINCE = 40;
    private static final int SLOT_NAME_LENGTH = 48;
    private static final int SLOT_STATE_LENGTH = 50;
    private static final int SLOT_NAME = 56;

    private FileFormat() {}

    /**
     * What all files of a directory have in common.
     *
     * @param instance the identity of the log
     * @param salt goes into the checksum of every record, so that no text in a message can pass for one
     */
    record Identity(UUID instance, long salt) {}

    /**
     * The header of a segment.
     *
     * @param size bytes of its data
     * @param base position of its first byte
     * @param firstSequence sequence of its first record
     */
    record SegmentHeader(Identity identity, int size, long base, long firstSequence) {
        long end() {
            return base + size;
        }
    }

    /**
     * What is kept for a sink.
     *
     * @param version counts the writes of this slot, from 1
     * @param position where everything before is passed
     * @param sequence the sequence there
     * @param attempted one beyond the last record that the sink was given
     * @param goneSinceMillis when an engine first ran without this sink, in milliseconds since the epoch, or 0
     * @param name the sink's name
     * @param state what the sink keeps for itself, or null; not modified
     */
    record CursorEntry(
            long version,
            long position,
            long sequence,
            long attempted,
            long goneSinceMillis,
            String name,
            @Nullable ByteBuffer state) {
        /** Returns what follows when everything before a place is passed. */
        CursorEntry at(long passedPosition, long passedSequence) {
            long tried = Math.max(attempted, passedSequence);
            return new CursorEntry(version + 1, passedPosition, passedSequence, tried, goneSinceMillis, name, state);
        }

        /** Returns what follows when the sink is given records up to a sequence. */
        CursorEntry attempted(long end) {
            return new CursorEntry(version + 1, position, sequence, end, goneSinceMillis, name, state);
        }

        /** Returns what follows when the sink keeps something else for itself. */
        CursorEntry keeping(ByteBuffer kept) {
            return new CursorEntry(version + 1, position, sequence, attempted, goneSinceMillis, name, kept);
        }

        /** Returns what follows when there is no sink any more, or one again. */
        CursorEntry goneSince(long epochMillis) {
            return new CursorEntry(version + 1, position, sequence, attempted, epochMillis, name, state);
        }
    }

    /**
     * A place in a log.
     *
     * @param sequence that a record there has
     */
    record Point(long position, long sequence) {}

    // ---- segments ---------------------------------------------------------------------------------------------------

    static long segmentFileLength(int size) {
        return (long) SEGMENT_HEADER + size + SEGMENT_FOOTER;
    }

    /** Writes both copies, one after the other. */
    static void writeSegmentHeader(ByteBuffer file, SegmentHeader header) {
        writeSegmentHeader(file, 0, header);
        writeSegmentHeader(file, SEGMENT_HEADER + header.size(), header);
    }

    private static void writeSegmentHeader(ByteBuffer file, int at, SegmentHeader header) {
        file.putLong(at + MAGIC, SEGMENT_MAGIC);
        file.putInt(at + FORMAT_VERSION, VERSION);
        file.putInt(at + SEGMENT_SIZE, header.size());
        putIdentity(file, at, header.identity());
        file.putLong(at + BASE, header.base());
        file.putLong(at + FIRST_SEQUENCE, header.firstSequence());
        file.putInt(at + HEADER_CHECK, crc(file, at, HEADER_CHECK));
    }

    /** Reads one copy of a segment's header; returns null when it is none, or of another version, or damaged. */
    static @Nullable SegmentHeader readSegmentHeader(ByteBuffer copy) {
        if (copy.capacity() < SEGMENT_FOOTER
                || copy.getLong(MAGIC) != SEGMENT_MAGIC
                || copy.getInt(FORMAT_VERSION) != VERSION
                || copy.getInt(HEADER_CHECK) != crc(copy, 0, HEADER_CHECK)) {
            return null;
        }
        return new SegmentHeader(
                identity(copy, 0), copy.getInt(SEGMENT_SIZE), copy.getLong(BASE), copy.getLong(FIRST_SEQUENCE));
    }

    /** Returns the version of an intact header of a segment that is of another version than this, else 0. */
    static int otherVersion(ByteBuffer copy) {
        return copy.capacity() >= SEGMENT_FOOTER ? otherVersion(copy, 0, SEGMENT_MAGIC) : 0;
    }

    private static int otherVersion(ByteBuffer file, int at, long magic) {
        boolean intact =
                file.getLong(at + MAGIC) == magic && file.getInt(at + HEADER_CHECK) == crc(file, at, HEADER_CHECK);
        int version = file.getInt(at + FORMAT_VERSION);
        return intact && version != VERSION ? version : 0;
    }

    // ---- the cursor file --------------------------------------------------------------------------------------------

    static long cursorFileLength() {
        return CURSOR_HEADER + (long) CURSOR_SLOTS * CURSOR_SLOT;
    }

    /**
     * Writes both copies, one after the other.
     *
     * @param usedSlots a bit for each slot that has an entry: one that was lost may read as zeros, like one that never
     *     was
     */
    static void writeCursorHeader(ByteBuffer file, Identity identity, long usedSlots) {
        for (int at = 0; at < CURSOR_HEADER; at += CURSOR_COPY) {
            file.putLong(at + MAGIC, CURSOR_MAGIC);
            file.putInt(at + FORMAT_VERSION, VERSION);
            putIdentity(file, at, identity);
            file.putLong(at + USED_SLOTS, usedSlots);
            file.putInt(at + HEADER_CHECK, crc(file, at, HEADER_CHECK));
        }
    }

    /** Returns what the cursor file says of the log, or null when both copies of its header are damaged. */
    static @Nullable Identity readCursorHeader(ByteBuffer file) {
        int at = intactCursorHeader(file);
        return at < 0 ? null : identity(file, at);
    }

    /** Returns a bit for each slot that has an entry; none when both copies of the header are damaged. */
    static long readUsedSlots(ByteBuffer file) {
        int at = intactCursorHeader(file);
        return at < 0 ? 0 : file.getLong(at + USED_SLOTS);
    }

    /** Returns where the first copy is that is intact, -1 when none is. */
    private static int intactCursorHeader(ByteBuffer file) {
        for (int at = 0; at < CURSOR_HEADER; at += CURSOR_COPY) {
            if (file.getLong(at + MAGIC) == CURSOR_MAGIC
                    && file.getInt(at + FORMAT_VERSION) == VERSION
                    && file.getInt(at + HEADER_CHECK) == crc(file, at, HEADER_CHECK)) {
                return at;
            }
        }
        return -1;
    }

    /** Returns the version of a cursor file that is intact and of another version than this, else 0. */
    static int otherCursorVersion(ByteBuffer file) {
        return Math.max(otherVersion(file, 0, CURSOR_MAGIC), otherVersion(file, CURSOR_COPY, CURSOR_MAGIC));
    }

    /** Notes where the log ended that was closed in order, or with null forgets it. */
    static void writeCleanEnd(ByteBuffer file, @Nullable Point end) {
        writePoint(file, CLEAN_END, end);
    }

    static @Nullable Point readCleanEnd(ByteBuffer file) {
        return readPoint(file, CLEAN_END);
    }

    /** Notes where the newest segment ends, with its first sequence, so that it is missed if its file is gone. */
    static void writeNewestSegment(ByteBuffer file, Point end) {
        writePoint(file, NEWEST, end);
    }

    static @Nullable Point readNewestSegment(ByteBuffer file) {
        return readPoint(file, NEWEST);
    }

    /** Notes from where on sinks may not have their places yet, or that they are {@link #SETTLED}. */
    static void writeUnsettled(ByteBuffer file, Point from) {
        writePoint(file, UNSETTLED, from);
    }

    static @Nullable Point readUnsettled(ByteBuffer file) {
        return readPoint(file, UNSETTLED);
    }

    /** Notes where the records of the process begin that now writes. */
    static void writeBegun(ByteBuffer file, Point begin) {
        writePoint(file, BEGUN, begin);
    }

    static @Nullable Point readBegun(ByteBuffer file) {
        return readPoint(file, BEGUN);
    }

    private static void writePoint(ByteBuffer file, int at, @Nullable Point point) {
        file.putLong(at + POINT_CHECK, 0);
        file.putLong(at, point == null ? 0 : point.position());
        file.putLong(at + 8, point == null ? 0 : point.sequence());
        file.putLong(at + POINT_CHECK, point == null ? 0 : pointCheck(file, at));
    }

    private static @Nullable Point readPoint(ByteBuffer file, int at) {
        return file.getLong(at + POINT_CHECK) == pointCheck(file, at)
                ? new Point(file.getLong(at), file.getLong(at + 8))
                : null;
    }

    /** Never 0, which stands for no point. */
    private static long pointCheck(ByteBuffer file, int at) {
        return 1L << 32 | (crc(file, at, POINT_CHECK) & 0xFFFF_FFFFL);
    }

    /** Writes an entry into the copy whose turn it is by its version; the other copy stays as it was. */
    static void writeCursorEntry(ByteBuffer file, int slot, CursorEntry entry) {
        byte[] array = new byte[CURSOR_COPY];
        ByteBuffer scratch = ByteBuffer.wrap(array).order(ByteOrder.nativeOrder());
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer state = entry.state();
        scratch.putLong(SLOT_BODY, entry.version());
        scratch.putLong(SLOT_POSITION, entry.position());
        scratch.putLong(SLOT_SEQUENCE, entry.sequence());
        scratch.putLong(SLOT_ATTEMPTED, entry.attempted());
        scratch.putLong(SLOT_GONE_SINCE, entry.goneSinceMillis());
        scratch.putShort(SLOT_NAME_LENGTH, (short) name.length);
        scratch.putShort(SLOT_STATE_LENGTH, (short) (state == null ? -1 : state.capacity()));
        scratch.put(SLOT_NAME, name);
        int length = SLOT_NAME + name.length;
        if (state != null) {
            scratch.put(length, state, 0, state.capacity());
            length += state.capacity();
        }
        int at = slotOffset(slot) + (int) (entry.version() & 1) * CURSOR_COPY;
        file.put(at + SLOT_BODY, array, SLOT_BODY, length - SLOT_BODY);
        file.putInt(at + SLOT_CHECK, crc(scratch, SLOT_BODY, length - SLOT_BODY));
    }

    /** Returns the newer copy of a slot's entry that is intact, or null when there is none. */
    static @Nullable CursorEntry readCursorEntry(ByteBuffer file, int slot) {
        CursorEntry even = readCursorCopy(file, slotOffset(slot));
        CursorEntry odd = readCursorCopy(file, slotOffset(slot) + CURSOR_COPY);
        if (even == null || odd == null) {
            return even == null ? odd : even;
        }
        return even.version() > odd.version() ? even : odd;
    }

    /**
     * Returns whether nothing was ever written into a slot, at most for the first time when the process ended; if
     * something was and there is no entry, it is damaged. Zeros alone do not say so: a page that was lost reads as
     * zeros, too.
     */
    static boolean isUnusedSlot(ByteBuffer file, int slot) {
        if ((readUsedSlots(file) & 1L << slot) != 0) {
            return false;
        }
        int first = slotOffset(slot);
        int second = first + CURSOR_COPY;
        return (isZero(file, first) && file.getInt(second + SLOT_CHECK) == 0)
                || (isZero(file, second) && file.getInt(first + SLOT_CHECK) == 0);
    }

    private static boolean isZero(ByteBuffer file, int from) {
        for (int at = from, end = from + CURSOR_COPY; at < end; at += Long.BYTES) {
            if (file.getLong(at) != 0) {
                return false;
            }
        }
        return true;
    }

    static void clearSlot(ByteBuffer file, int slot) {
        file.put(slotOffset(slot), new byte[CURSOR_SLOT]);
    }

    private static @Nullable CursorEntry readCursorCopy(ByteBuffer file, int at) {
        int nameLength = file.getShort(at + SLOT_NAME_LENGTH);
        int stateLength = file.getShort(at + SLOT_STATE_LENGTH);
        if (nameLength < 1 || nameLength > MAX_NAME || stateLength < -1 || stateLength > MAX_STATE) {
            return null;
        }
        int length = SLOT_NAME + nameLength + Math.max(0, stateLength);
        if (file.getInt(at + SLOT_CHECK) != crc(file, at + SLOT_BODY, length - SLOT_BODY)) {
            return null;
        }
        byte[] name = new byte[nameLength];
        file.get(at + SLOT_NAME, name);
        byte[] state = stateLength < 0 ? null : new byte[stateLength];
        if (state != null) {
            file.get(at + SLOT_NAME + nameLength, state);
        }
        return new CursorEntry(
                file.getLong(at + SLOT_BODY),
                file.getLong(at + SLOT_POSITION),
                file.getLong(at + SLOT_SEQUENCE),
                file.getLong(at + SLOT_ATTEMPTED),
                file.getLong(at + SLOT_GONE_SINCE),
                new String(name, StandardCharsets.UTF_8),
                state == null ? null : ByteBuffer.wrap(state));
    }

    /** Forgets all points. */
    static void clearPoints(ByteBuffer file) {
        for (int point : new int[] {CLEAN_END, NEWEST, UNSETTLED, BEGUN}) {
            writePoint(file, point, null);
        }
    }

    private static int slotOffset(int slot) {
        return CURSOR_HEADER + slot * CURSOR_SLOT;
    }

    // ---- common -----------------------------------------------------------------------------------------------------

    private static void putIdentity(ByteBuffer file, int at, Identity identity) {
        file.putLong(at + INSTANCE, identity.instance().getMostSignificantBits());
        file.putLong(at + INSTANCE + 8, identity.instance().getLeastSignificantBits());
        file.putLong(at + SALT, identity.salt());
    }

    private static Identity identity(ByteBuffer file, int at) {
        return new Identity(
                new UUID(file.getLong(at + INSTANCE), file.getLong(at + INSTANCE + 8)), file.getLong(at + SALT));
    }

    /**
     * Of a copy: where the file was cut, reading the mapping itself would end the JVM, for the checksum is an
     * intrinsic.
     */
    private static int crc(ByteBuffer source, int from, int length) {
        byte[] copy = new byte[length];
        source.get(from, copy);
        CRC32C crc = new CRC32C();
        crc.update(copy);
        return (int) crc.getValue();
    }
}
