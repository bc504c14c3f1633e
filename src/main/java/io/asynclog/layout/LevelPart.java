package io.asynclog.layout;

import io.asynclog.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.slf4j.event.Level;

/** A part that depends on nothing but the level, or on nothing at all: its bytes are made once for each level. */
final class LevelPart implements Part {
    private static final Level[] LEVELS = Level.values();

    private final byte[][] byLevel;
    private final boolean constant;

    private LevelPart(byte[][] byLevel) {
        this.byLevel = byLevel;
        boolean same = true;
        for (byte[] bytes : byLevel) {
            same &= Arrays.equals(bytes, byLevel[0]);
        }
        constant = same;
    }

    /** Returns the part that appends the same text at every level. */
    static LevelPart literal(String text) {
        return of(level -> text);
    }

    /** Returns the part that appends a text of the level. */
    static LevelPart of(Function<Level, String> text) {
        byte[][] byLevel = new byte[LEVELS.length][];
        for (Level level : LEVELS) {
            byLevel[index(level)] = text.apply(level).getBytes(StandardCharsets.UTF_8);
        }
        return new LevelPart(byLevel);
    }

    /** Returns one part for several in a row, fitted into a width. */
    static LevelPart join(List<LevelPart> parts, Width width) {
        byte[][] byLevel = new byte[LEVELS.length][];
        ByteOutput out = new ByteOutput();
        for (int i = 0; i < byLevel.length; i++) {
            for (LevelPart part : parts) {
                out.append(part.byLevel[i]);
            }
            width.fit(out, 0);
            byLevel[i] = out.cut(0);
        }
        return new LevelPart(byLevel);
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        byte[] bytes = byLevel[constant ? 0 : index(record.level())];
        if (bytes.length == 1) { // such as the line break of nearly every line: a call that copies is dear for it
            out.append(bytes[0]);
        } else {
            out.append(bytes);
        }
    }

    @Override
    public boolean isOfOrigin() {
        return true;
    }

    private static int index(Level level) {
        return level.toInt() / 10; // TRACE is 0, ERROR is 40
    }
}
