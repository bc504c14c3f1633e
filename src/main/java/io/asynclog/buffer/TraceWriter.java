package io.asynclog.buffer;

import java.io.Writer;

/**
 * Takes what a stack trace prints into a text, as far as there is room: of an exception that collects others in a loop
 * the whole trace might not fit into memory.
 */
final class TraceWriter extends Writer {
    private final Utf8Text text;

    TraceWriter(Utf8Text text) {
        this.text = text;
    }

    @Override
    public void write(String string, int from, int length) {
        if (!text.isCut()) {
            text.append(string, from, from + length);
        }
    }

    @Override
    public void write(char[] chars, int from, int length) {
        if (!text.isCut()) {
            write(new String(chars, from, length), 0, length);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
