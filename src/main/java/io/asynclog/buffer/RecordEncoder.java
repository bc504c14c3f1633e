package io.asynclog.buffer;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.EventConstants;
import org.slf4j.event.Level;

/**
 * Builds one record in memory of its own, before any space is claimed for it: all user code ({@code toString} and the
 * like) runs here, so that between claim and publish there is only copying.
 *
 * <p>Leased from {@link AsyncBuffer#leaseEncoder()} and used by one thread: {@link #begin}, one of the {@code message}
 * methods, then key-values, context, markers and the exception as there are, then {@link AsyncBuffer#push}. Texts that
 * exceed the maximum record size are cut, with a mark. Nothing is allocated for strings, boxed values and templates
 * once the encoder has grown to its working size and the template is known.
 *
 * <p>Messages are formatted as SLF4J's {@code MessageFormatter} does, see <a
 * href="https://www.slf4j.org/api/org/slf4j/helpers/MessageFormatter.html">its documentation</a>.
 */
public final class RecordEncoder extends Lendable {
    private static final byte[] NO_NAME = {};
    private static final int MAX_LOGGER_NAME = 512;
    private static final int MAX_THREAD_NAME = 128;
    private static final int MAX_KEPT_FOR_ATTACHMENTS = 4096;
    /** A pair whose key and value cannot have at least this much each is left out rather than cut to nothing. */
    private static final int MIN_PAIR_TEXT = 2 * Utf8Text.CUT_MARK_LENGTH;

    private final int maxRecordSize;
    private final MaskedKeys maskedKeys;
    private final int slot;
    private @Nullable OwnedEncoder owned;
    private final MessageTemplate.Cache templates;
    private final Utf8Text text = new Utf8Text();

    /**
     * Its number, not the level itself: behind a store of a reference G1 puts a fence, which waits for all stores
     * before.
     */
    private int level = EventConstants.INFO_INT;

    private byte[] loggerName = NO_NAME;
    private long epochNanos;
    private int flags;
    /** Whose name is in the text already, behind that of the logger: mostly that of the record before. */
    private String threadName = "";

    private long threadId;
    /** Behind the names, where the message begins. */
    private int namesEnd;

    private boolean threadNameCut;
    private int messageLength;
    private int entriesLength;
    private int exceptionLength;
    /** Null until a checksum is taken, as for files only: the class takes milliseconds to be initialized. */
    private @Nullable CRC32C crc;

    private int bodyCheck;
    /** The logger whose name's checksum is known: mostly that of the record before. */
    private byte[] checkedLoggerName = {};

    private int loggerCheck;

    /** Begin and end, within the message, of each argument that has control characters. */
    private int[] unsafeRanges = new int[8];

    private int unsafeRangeCount;

    /** Kept, so that no call makes one. */
    private final BiConsumer<@Nullable String, @Nullable String> contextEntry = this::addContext;

    // A note for Tail.mend, when the writing of this record broke off. Package-private: it is left where no call is
    // possible.
    @Nullable
    Segment brokenSegment;

    long brokenClaim;

    int brokenLength;

    /** Of the segment, when the writing broke off. */
    int brokenLife;

    /** Whether this encoder must not be used again, for the note. */
    boolean retired;

    @Nullable
    RecordEncoder nextBroken;

    /** Whether the note is in the list of those that are yet to be mended. Guarded by the buffer's lock. */
    boolean listed;

    /** The next in that list. Guarded by the buffer's lock. */
    @Nullable
    RecordEncoder nextUnmended;

    /**
     * Creates an encoder.
     *
     * @param slot the place in the pool that it goes back to, unless a thread owns it
     */
    RecordEncoder(int maxRecordSize, MaskedKeys maskedKeys, int slot, MessageTemplate.Cache templates) {
        this.maxRecordSize = maxRecordSize & -RecordCodec.ALIGNMENT;
        this.maskedKeys = maskedKeys;
        this.slot = slot;
        this.templates = templates;
        namesEnd = text.skip(RecordCodec.HEADER_LENGTH) + RecordCodec.HEADER_LENGTH;
    }

    /** Returns a logger's name in the form that {@link #begin} takes. */
    public static byte[] encodeLoggerName(String name) {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        if (encoded.length <= MAX_LOGGER_NAME) {
            return encoded;
        }
        int length = MAX_LOGGER_NAME;
        while ((encoded[length] & 0xc0) == 0x80) {
            length--; // not within a character
        }
        return Arrays.copyOf(encoded, length);
    }

    /**
     * Begins a record.
     *
     * @param encodedLoggerName from {@link #encodeLoggerName}; not modified afterwards
     * @param time nanoseconds since the epoch
     * @param caller the thread whose name the record carries
     */
    public void begin(Level newLevel, byte[] encodedLoggerName, long time, Thread caller) {
        level = newLevel.toInt();
        epochNanos = time;
        messageLength = 0;
        entriesLength = 0;
        exceptionLength = -1;
        unsafeRangeCount = 0;
        String callerName = caller.getName();
        if (!hasNames(encodedLoggerName, callerName, caller)) {
            putNames(encodedLoggerName, callerName, caller.getId());
        }
        text.truncate(namesEnd);
        flags = threadNameCut ? RecordCodec.FLAG_TRUNCATED : 0;
    }

    /**
     * By identity: as good as always the names are the very objects of the record before, else they are put once more.
     */
    @SuppressWarnings("ReferenceEquality")
    private boolean hasNames(byte[] encodedLoggerName, String callerName, Thread caller) {
        return encodedLoggerName == loggerName
                && callerName == threadName
                && (!callerName.isEmpty() || caller.getId() == threadId);
    }

    private void putNames(byte[] encodedLoggerName, String newThreadName, long newThreadId) {
        loggerName = NO_NAME; // until both names are there, should this be cut short by a stack overflow
        text.truncate(RecordCodec.HEADER_LENGTH);
        text.begin(MAX_LOGGER_NAME + Utf8Text.CUT_MARK_LENGTH);
        text.appendUtf8(encodedLoggerName, 0, encodedLoggerName.length);
        text.begin(MAX_THREAD_NAME);
        if (newThreadName.isEmpty()) {
            text.append("virtual-");
            text.appendDecimal(newThreadId);
        } else {
            text.append(newThreadName);
        }
        threadNameCut = text.isCut();
        int ignored = text.end();
        namesEnd = text.position();
        threadName = newThreadName;
        threadId = newThreadId;
        loggerName = encodedLoggerName;
    }

    /** Returns whether the record has this level or a higher one. */
    public boolean isAtLeast(Level other) {
        return level >= other.toInt();
    }

    /** Marks the record as awaited: somebody holds a future for it. */
    public void markAwaited() {
        flags |= RecordCodec.FLAG_AWAITED;
    }

    /** Marks the record as logged by the thread of a sink. */
    public void markFromSink() {
        flags |= RecordCodec.FLAG_FROM_SINK;
    }

    /** Sets the message to a text that is no template. */
    public void message(@Nullable String message) {
        beginMessage();
        text.append(String.valueOf(message));
        endMessage();
    }

    /**
     * Sets the message to a template with up to four arguments.
     *
     * @param count how many of the arguments count, 0 to 4
     */
    public void message(
            @Nullable String template,
            int count,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        beginMessage();
        MessageTemplate parsed = templates.get(String.valueOf(template), count);
        parsed.appendText(0, text);
        for (int i = 0; i < parsed.filledCount(); i++) {
            appendArgument(i == 0 ? arg1 : i == 1 ? arg2 : i == 2 ? arg3 : arg4);
            parsed.appendText(i + 1, text);
        }
        endMessage();
    }

    /**
     * Sets the message to a template with any number of arguments.
     *
     * @param count how many of the arguments count
     */
    public void message(@Nullable String template, int count, @Nullable Object[] args) {
        beginMessage();
        MessageTemplate parsed = templates.get(String.valueOf(template), count);
        parsed.appendText(0, text);
        for (int i = 0; i < parsed.filledCount(); i++) {
            appendArgument(args[i]);
            parsed.appendText(i + 1, text);
        }
        endMessage();
    }

    private void beginMessage() {
        int available = maxRecordSize - text.position();
        text.begin(available - Math.min(available / 4, MAX_KEPT_FOR_ATTACHMENTS));
    }

    private void endMessage() {
        messageLength = endText();
        addUnsafeRanges();
    }

    private void appendArgument(@Nullable Object argument) {
        int begin = text.position();
        text.takeControlSeen(); // of the template before, where they are meant
        ValueText.append(text, argument);
        if (text.takeControlSeen()) {
            if (2 * unsafeRangeCount == unsafeRanges.length) {
                unsafeRanges = Arrays.copyOf(unsafeRanges, 2 * unsafeRanges.length);
            }
            unsafeRanges[2 * unsafeRangeCount] = begin - namesEnd;
            unsafeRanges[2 * unsafeRangeCount + 1] = text.position() - namesEnd;
            unsafeRangeCount++;
        }
    }

    /**
     * Notes where escaping is due. Where there is no room for all the places, all from the first on counts as unsafe.
     */
    private void addUnsafeRanges() {
        if (unsafeRangeCount == 0) {
            return;
        }
        flags |= RecordCodec.FLAG_UNSAFE;
        if (text.position() + unsafeRangeCount * RecordCodec.ENTRY_HEADER_LENGTH > maxRecordSize) {
            unsafeRangeCount = 1;
            unsafeRanges[1] = messageLength;
        }
        for (int i = 0; i < unsafeRangeCount; i++) {
            int header = text.skip(RecordCodec.ENTRY_HEADER_LENGTH);
            RecordCodec.putEntryHeader(
                    text.bytes(), header, RecordCodec.ENTRY_UNSAFE_RANGE, unsafeRanges[2 * i], unsafeRanges[2 * i + 1]);
        }
        entriesLength += unsafeRangeCount * RecordCodec.ENTRY_HEADER_LENGTH;
    }

    /** Adds a key-value pair; what is masked is not even asked for its text. */
    public void keyValue(@Nullable String key, @Nullable Object value) {
        addKeyed(RecordCodec.ENTRY_KEY_VALUE, String.valueOf(key), value);
    }

    /** Adds the entries of the caller's MDC that have a value. */
    public void context(Map<String, String> entries) {
        entries.forEach(contextEntry);
    }

    private void addContext(@Nullable String key, @Nullable String value) {
        if (value != null) {
            addKeyed(RecordCodec.ENTRY_CONTEXT, String.valueOf(key), value);
        }
    }

    private void addKeyed(byte type, String key, @Nullable Object value) {
        addPair(type, key, maskedKeys.contains(key) ? MaskedKeys.MASK : value);
    }

    /** Adds a marker. */
    public void marker(Object marker) {
        addPair(RecordCodec.ENTRY_MARKER, "", marker);
    }

    private void addPair(byte type, String key, @Nullable Object value) {
        // Half of what is left stays free, for the exception at the least.
        int available = (maxRecordSize - text.position()) / 2 - RecordCodec.ENTRY_HEADER_LENGTH;
        if (available < 2 * MIN_PAIR_TEXT) {
            flags |= RecordCodec.FLAG_TRUNCATED;
            return;
        }
        int header = text.skip(RecordCodec.ENTRY_HEADER_LENGTH);
        text.begin(available / 2);
        text.append(key);
        int keyLength = endText();
        text.begin(available - keyLength);
        ValueText.append(text, value);
        int valueLength = endText();
        RecordCodec.putEntryHeader(text.bytes(), header, type, keyLength, valueLength);
        entriesLength += RecordCodec.ENTRY_HEADER_LENGTH + keyLength + valueLength;
    }

    /** Sets the exception, last of all, rendered here and now as {@link Throwable#printStackTrace()} does. */
    public void exception(Throwable exception) {
        text.begin(maxRecordSize - text.position());
        try {
            exception.printStackTrace(new PrintWriter(new TraceWriter(text)));
        } catch (Throwable failure) {
            text.append("[FAILED printStackTrace() of ");
            text.append(exception.getClass().getName());
            text.append("]");
        }
        text.stripTrailing();
        exceptionLength = endText();
    }

    private int endText() {
        if (text.isCut()) {
            flags |= RecordCodec.FLAG_TRUNCATED;
        }
        return text.end();
    }

    // ---- what the buffer and the codec need -------------------------------------------------------------------------

    /** Gives up what is too large to be kept for the next record: there may be a hundred encoders. */
    void trim() {
        text.trim(namesEnd);
    }

    /** Completes the record but for what its place decides; nothing may be added any more. */
    void complete() {
        RecordCodec.putHeader(text.bytes(), this);
    }

    /** Takes the checksum of a record that is complete and goes into a file; see {@link RecordCheck}. */
    void computeBodyCheck() {
        if (loggerName != checkedLoggerName) {
            loggerCheck = crc(loggerName, 0, loggerName.length);
            checkedLoggerName = loggerName;
        }
        int namesBegin = RecordCodec.HEADER_LENGTH + loggerName.length;
        bodyCheck = RecordCheck.ofBody(loggerCheck, crc(text.bytes(), namesBegin, text.position() - namesBegin));
    }

    private int crc(byte[] bytes, int from, int length) {
        CRC32C sum = crc;
        if (sum == null) {
            sum = new CRC32C();
            crc = sum;
        }
        sum.reset();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    int bodyCheck() {
        return bodyCheck;
    }

    int slot() {
        return slot;
    }

    /** Has the encoder belong to a thread. By whoever has it. */
    void ownBy(OwnedEncoder newOwned) {
        owned = newOwned;
    }

    @Nullable
    OwnedEncoder owned() {
        return owned;
    }

    int recordLength() {
        return RecordCodec.align(text.position());
    }

    Level level() {
        return Level.intToLevel(level);
    }

    int loggerNameLength() {
        return loggerName.length;
    }

    long epochNanos() {
        return epochNanos;
    }

    int flags() {
        return flags;
    }

    boolean isFromSink() {
        return (flags & RecordCodec.FLAG_FROM_SINK) != 0;
    }

    int threadNameLength() {
        return namesEnd - RecordCodec.HEADER_LENGTH - loggerName.length;
    }

    int messageLength() {
        return messageLength;
    }

    int entriesLength() {
        return entriesLength;
    }

    int exceptionLength() {
        return exceptionLength;
    }

    /** Returns the array that holds the record as it is to be in the segment, up to {@link #end}. */
    byte[] bytes() {
        return text.bytes();
    }

    /** Returns where the record ends in {@link #bytes}. */
    int end() {
        return text.position();
    }
}
