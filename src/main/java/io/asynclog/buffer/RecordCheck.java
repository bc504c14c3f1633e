package io.asynclog.buffer;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum of a record in a file. The body's is taken by the caller before anything is claimed, by CRC-32C, for
 * which processors have an instruction. What is known only with the claim, the sequence and the place, is mixed in
 * behind it with some multiplications; so is the rest of the header.
 *
 * <p>The place, with a salt of the directory, is the <em>seed</em>. For that reason neither a record of the segment's
 * earlier life nor one that was copied elsewhere passes for a record, nor does a text in a message that looks like one.
 */
final class RecordCheck {
    /** The golden ratio in 64 bits (Knuth, TAOCP vol. 3, 6.4): odd, so that multiplying by it loses nothing. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private RecordCheck() {}

    /** Returns what ties a checksum to a position in a log. */
    static long seed(long salt, long position) {
        return mix(salt ^ position);
    }

    /** Returns the checksum of a record whose header is filled in, but for the length, which is given. */
    static int ofRecord(ByteBuffer bytes, int at, int length, int bodyCheck, long seed) {
        long sum = mix(seed ^ bodyCheck);
        sum = mix(sum ^ ((long) length << 32 | (bytes.getInt(at + RecordCodec.LEVEL) & 0xFFFF_FFFFL)));
        sum = mix(sum ^ bytes.getLong(at + RecordCodec.SEQUENCE));
        sum = mix(sum ^ bytes.getLong(at + RecordCodec.EPOCH_NANOS));
        sum = mix(sum ^ bytes.getLong(at + RecordCodec.MESSAGE_LENGTH)); // and that of the logger's name
        sum = mix(sum ^ bytes.getLong(at + RecordCodec.ENTRIES_LENGTH)); // and that of the exception
        return (int) (sum >>> 16);
    }

    /** Returns the checksum of a body whose logger's name ends and whose other texts begin at an offset. */
    static int ofBody(ByteBuffer bytes, int from, int loggerEnd, int to) {
        return ofBody(crc(bytes, from, loggerEnd), crc(bytes, loggerEnd, to));
    }

    /** Puts the checksum of a body together. That of the logger's name is taken once for many records. */
    static int ofBody(int loggerCheck, int textCheck) {
        return 31 * loggerCheck + textCheck;
    }

    /** Returns the CRC-32C of bytes between two offsets. */
    static int crc(ByteBuffer bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, to - from));
        return (int) crc.getValue();
    }

    static short ofPadding(int length, int flags, long sequence, long seed) {
        return (short) (mix(mix(seed ^ ((long) length << 32 | flags)) ^ sequence) >>> 16);
    }

    private static long mix(long value) {
        long product = value * MULTIPLIER;
        return product ^ (product >>> 32);
    }
}
