package io.asynclog.buffer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message template taken apart for a number of arguments: the texts between them, encoded, and padded for
 * {@link Utf8Text#appendPadded}. Follows SLF4J's {@code MessageFormatter}: one backslash makes a placeholder literal,
 * two stand for one backslash before a true one, and behind the last placeholder that an argument fills the template is
 * taken as it is.
 */
final class MessageTemplate {
    private static final String PLACEHOLDER = "{}";

    private final String source;
    private final int argumentCount;
    private final byte[] texts;
    /** Where each text ends; one more than there are placeholders to fill. */
    private final int[] ends;

    private MessageTemplate(String source, int argumentCount, byte[] texts, int[] ends) {
        this.source = source;
        this.argumentCount = argumentCount;
        this.texts = texts;
        this.ends = ends;
    }

    static MessageTemplate parse(String source, int argumentCount) {
        ByteArrayOutputStream texts = new ByteArrayOutputStream(source.length());
        int[] ends = new int[Math.min(argumentCount, source.length() / PLACEHOLDER.length()) + 1];
        int filled = 0;
        int from = 0;
        while (filled < argumentCount) {
            int found = source.indexOf(PLACEHOLDER, from);
            if (found < 0) {
                break;
            }
            boolean escaped = found > 0 && source.charAt(found - 1) == '\\';
            boolean literal = escaped && !(found > 1 && source.charAt(found - 2) == '\\');
            append(texts, source, from, escaped ? found - 1 : found);
            if (literal) {
                texts.write('{');
                from = found + 1;
            } else {
                ends[filled++] = texts.size();
                from = found + PLACEHOLDER.length();
            }
        }
        append(texts, source, from, source.length());
        ends[filled] = texts.size();
        return new MessageTemplate(
                source,
                argumentCount,
                Arrays.copyOf(texts.toByteArray(), texts.size() + Utf8Text.PADDING),
                Arrays.copyOf(ends, filled + 1));
    }

    private static void append(ByteArrayOutputStream texts, String source, int from, int to) {
        texts.writeBytes(source.substring(from, to).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns how many arguments find a placeholder. */
    int filledCount() {
        return ends.length - 1;
    }

    /** Appends the text before a placeholder, or behind the last one. */
    void appendText(int index, Utf8Text target) {
        int from = index == 0 ? 0 : ends[index - 1];
        target.appendPadded(texts, from, ends[index]);
    }

    /**
     * Templates seen lately, so that a log statement's constant is parsed and encoded once. Shared by all threads
     * without any order between them: templates are immutable with final fields, so a racing reader sees a whole one or
     * none.
     */
    static final class Cache {
        private static final int SIZE = 1024;
        /** A longer text is hardly a constant, and too much to keep. */
        private static final int MAX_LENGTH = 1024;

        private final @Nullable MessageTemplate[] templates = new @Nullable MessageTemplate[SIZE];

        MessageTemplate get(String source, int argumentCount) {
            if (source.length() > MAX_LENGTH) {
                return parse(source, argumentCount);
            }
            int hash = source.hashCode();
            int index = (hash ^ (hash >>> 16) ^ (argumentCount << 5)) & (SIZE - 1);
            MessageTemplate known = templates[index];
            if (known == null || known.argumentCount != argumentCount || !known.source.equals(source)) {
                known = parse(source, argumentCount);
                templates[index] = known;
            }
            return known;
        }
    }
}
