package io.asynclog.buffer;

import java.lang.reflect.Array;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text of arguments and other values, as SLF4J's {@code MessageFormatter} has it: arrays with their elements, to
 * any depth, and a value that fails in {@code toString} as a remark.
 */
final class ValueText {
    private static final String FAILED = "[FAILED toString()]";
    private static final String CYCLE = "[...]";

    private ValueText() {}

    static void append(Utf8Text text, @Nullable Object value) {
        if (value instanceof String string) {
            text.append(string);
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            text.appendDecimal(((Number) value).longValue());
        } else if (value instanceof Double number) {
            text.append(number.doubleValue());
        } else if (value instanceof Float number) {
            text.append(number.floatValue());
        } else if (value instanceof Character character) {
            text.append(character.charValue());
        } else if (value != null && value.getClass().isArray()) {
            appendArray(text, value);
        } else {
            text.append(render(value));
        }
    }

    /** Calls user code. Its failure, whatever it is, must harm no more than its own text. */
    private static String render(@Nullable Object value) {
        try {
            String rendered = String.valueOf(value);
            return rendered == null ? "null" : rendered; // toString may return null, whatever its contract says
        } catch (Throwable failure) {
            return FAILED;
        }
    }

    private static void appendArray(Utf8Text text, Object array) {
        try {
            appendArray(text, array, Collections.newSetFromMap(new IdentityHashMap<>()));
        } catch (StackOverflowError tooDeep) {
            text.append(FAILED);
        }
    }

    private static void appendArray(Utf8Text text, Object array, Set<Object> enclosing) {
        if (!(array instanceof @Nullable Object[] elements)) {
            appendPrimitives(text, array);
        } else if (!enclosing.add(array)) {
            text.append(CYCLE);
        } else {
            appendElements(text, elements, enclosing);
            enclosing.remove(array); // it may well appear again beside itself, only not within itself
        }
    }

    private static void appendElements(Utf8Text text, @Nullable Object[] array, Set<Object> enclosing) {
        text.append("[");
        for (int i = 0; i < array.length && !text.isFull(); i++) {
            if (i > 0) {
                text.append(", ");
            }
            Object element = array[i];
            if (element != null && element.getClass().isArray()) {
                appendArray(text, element, enclosing);
            } else {
                append(text, element);
            }
        }
        text.append("]");
    }

    /** No further than there is room: the array may be many times as long. */
    private static void appendPrimitives(Utf8Text text, Object array) {
        int length = Array.getLength(array);
        text.append("[");
        for (int i = 0; i < length && !text.isFull(); i++) {
            if (i > 0) {
                text.append(", ");
            }
            append(text, Array.get(array, i));
        }
        text.append("]");
    }
}
