package io.asynclog.buffer;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Builds one record in memory of its own, before any space is claimed for it: all user code ({@code toString} and the
 * like) runs here, so that between claim and publish there is only copying.
 *
 * <p>Leased from {@link AsyncBuffer#leaseEncoder()} and used by one thread: {@link #begin}, one of the {@code message}
 * methods, then key-values, context, markers and the exception as there are, then {@link AsyncBuffer#push}. Texts that
 * exceed the maximum record size are cut, with a mark. Nothing is allocated for strings, boxed values and templates once the
 * encoder has grown to its working size and the template is known.
 *
 * <p>Messages are formatted as SLF4J's {@code MessageFormatter} does, see
 * <a href="https://www.slf4j.org/api/org/slf4j/helpers/MessageFormatter.html">its documentation</a>.
 */
public final class RecordEncoder {
    private static final int MAX_LOGGER_NAME = 512;
    private static final int MAX_THREAD_NAME = 128;
    private static final int MAX_KEPT_FOR_ATTACHMENTS = 4096;
    /** A pair whose key and value cannot have at least this much each is left out rather than cut to nothing. */
    private static final int MIN_PAIR_TEXT = 2 * Utf8Text.CUT_MARK_LENGTH;

    private final int maxRecordSize;
    private final int slot;
    private final MessageTemplate.Cache templates;
    private final Utf8Text text = new Utf8Text();

    private Level level = Level.INFO;
    private byte[] loggerName = {};
    private long epochNanos;
    private int flags;
    private int bodyLimit;
    private int threadNameLength;
    private int messageLength;
    private int entriesLength;
    private int exceptionLength;
    private final CRC32C crc = new CRC32C();
    private int bodyCheck;
    /** The logger whose name's checksum is known: mostly that of the record before. */
    private byte[] checkedLoggerName = {};

    private int loggerCheck;

    /** Begin and end, within the message, of each argument that has control characters. */
    private int[] unsafeRanges = new int[8];

    private int unsafeRangeCount;

    // A note for Tail.mend, when the writing of this record broke off. Package-private: it is left where no call is
    // possible.
    @Nullable
    Segment brokenSegment;

    long brokenClaim;

    int brokenLength;

    /** Whether this encoder must not be used again, for the note. */
    boolean retired;

    @Nullable
    RecordEncoder nextBroken;

    /**
     * Creates an encoder.
     *
     * @param slot the place in the pool that it goes back to
     */
    RecordEncoder(int maxRecordSize, int slot, MessageTemplate.Cache templates) {
        this.maxRecordSize = maxRecordSize & -RecordCodec.ALIGNMENT;
        this.slot = slot;
        this.templates = templates;
    }

    /** Returns a logger's name in the form that {@link #begin} takes. */
    public static byte[] encodeLoggerName(String name) {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        return encoded.length <= MAX_LOGGER_NAME ? encoded : Arrays.copyOf(encoded, MAX_LOGGER_NAME);
    }

    /**
     * Begins a record.
     *
     * @param encodedLoggerName from {@link #encodeLoggerName}; not modified afterwards
     * @param time nanoseconds since the epoch
     * @param caller the thread whose name the record carries
     */
    public void begin(Level newLevel, byte[] encodedLoggerName, long time, Thread caller) {
        level = newLevel;
        loggerName = encodedLoggerName;
        epochNanos = time;
        flags = 0;
        bodyLimit = maxRecordSize - RecordCodec.HEADER_LENGTH - encodedLoggerName.length;
        messageLength = 0;
        entriesLength = 0;
        exceptionLength = -1;
        unsafeRangeCount = 0;
        text.clear();
        text.begin(MAX_THREAD_NAME);
        appendThreadName(caller);
        threadNameLength = endText();
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
     * Sets the message to a template with up to three arguments.
     *
     * @param count how many of the arguments count, 1 to 3
     */
    public void message(
            @Nullable String template, int count, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        beginMessage();
        MessageTemplate parsed = templates.get(String.valueOf(template), count);
        int filled = parsed.filledCount();
        parsed.appendText(0, text);
        if (filled > 0) {
            appendArgument(arg1);
            parsed.appendText(1, text);
        }
        if (filled > 1) {
            appendArgument(arg2);
            parsed.appendText(2, text);
        }
        if (filled > 2) {
            appendArgument(arg3);
            parsed.appendText(3, text);
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
        int available = bodyLimit - text.position();
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
            unsafeRanges[2 * unsafeRangeCount] = begin - threadNameLength;
            unsafeRanges[2 * unsafeRangeCount + 1] = text.position() - threadNameLength;
            unsafeRangeCount++;
        }
    }

    /** Notes where escaping is due. Where there is no room for all the places, all from the first on counts as unsafe. */
    private void addUnsafeRanges() {
        if (unsafeRangeCount == 0) {
            return;
        }
        flags |= RecordCodec.FLAG_UNSAFE;
        if (text.position() + unsafeRangeCount * RecordCodec.ENTRY_HEADER_LENGTH > bodyLimit) {
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

    /** Adds a key-value pair. */
    public void keyValue(@Nullable String key, @Nullable Object value) {
        addPair(RecordCodec.ENTRY_KEY_VALUE, String.valueOf(key), value);
    }

    /** Adds an entry of the caller's MDC. */
    public void context(@Nullable String key, @Nullable String value) {
        addPair(RecordCodec.ENTRY_CONTEXT, String.valueOf(key), value);
    }

    /** Adds a marker. */
    public void marker(Object marker) {
        addPair(RecordCodec.ENTRY_MARKER, "", marker);
    }

    private void addPair(byte type, String key, @Nullable Object value) {
        // Half of what is left stays free, for the exception at the least.
        int available = (bodyLimit - text.position()) / 2 - RecordCodec.ENTRY_HEADER_LENGTH;
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
        StringWriter trace = new StringWriter();
        try {
            exception.printStackTrace(new PrintWriter(trace));
        } catch (Throwable failure) {
            trace.append("[FAILED printStackTrace() of ")
                    .append(exception.getClass().getName())
                    .append(']');
        }
        text.begin(bodyLimit - text.position());
        text.append(trace.toString().stripTrailing());
        exceptionLength = endText();
    }

    private int endText() {
        if (text.isCut()) {
            flags |= RecordCodec.FLAG_TRUNCATED;
        }
        return text.end();
    }

    private void appendThreadName(Thread thread) {
        String name = thread.getName();
        if (name.isEmpty()) {
            text.append("virtual-");
            text.appendDecimal(thread.getId());
        } else {
            text.append(name);
        }
    }

    // ---- what the buffer and the codec need -------------------------------------------------------------------------

    /** Takes the checksum of a record that is complete and goes into a file; see {@link RecordCheck}. */
    void computeBodyCheck() {
        if (loggerName != checkedLoggerName) {
            loggerCheck = crc(loggerName, loggerName.length);
            checkedLoggerName = loggerName;
        }
        bodyCheck = RecordCheck.ofBody(loggerCheck, crc(text.bytes(), text.position()));
    }

    private int crc(byte[] bytes, int length) {
        crc.reset();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    int bodyCheck() {
        return bodyCheck;
    }

    int slot() {
        return slot;
    }

    int recordLength() {
        return RecordCodec.recordLength(loggerName.length + text.position());
    }

    Level level() {
        return level;
    }

    byte[] loggerName() {
        return loggerName;
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
        return threadNameLength;
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

    /** Returns thread name, message, entries and exception, one behind the other, and their length. */
    Utf8Text text() {
        return text;
    }
}
