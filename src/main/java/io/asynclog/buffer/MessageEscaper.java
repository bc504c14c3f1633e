package io.asynclog.buffer;

import io.asynclog.internal.ControlCharacters;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Escapes control characters and line separators in parts of a message. Used only where there are some. */
final class MessageEscaper {
    private final byte[] message;
    private final ByteArrayOutputStream escaped;
    private int done;

    MessageEscaper(byte[] message) {
        this.message = message;
        escaped = new ByteArrayOutputStream(message.length + 32);
    }

    /** Takes the message over up to {@code begin} as it is, and from there to {@code end} escaped. Called in order. */
    void escape(int begin, int end) {
        escaped.write(message, done, begin - done);
        byte[] part = escape(new String(message, begin, end - begin, StandardCharsets.UTF_8));
        escaped.write(part, 0, part.length);
        done = end;
    }

    byte[] finish() {
        escaped.write(message, done, message.length - done);
        return escaped.toByteArray();
    }

    private static byte[] escape(String text) {
        StringBuilder result = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (ControlCharacters.isControl(c)) {
                result.append(ControlCharacters.escape(c));
            } else {
                result.append(c);
            }
        }
        return result.toString().getBytes(StandardCharsets.UTF_8);
    }
}
