package io.asynclog.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.internal.ControlCharacters;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What works on UTF-8 knows the same control characters as what works on characters. */
class ControlsTest {
    private static final Set<Byte> BIDIRECTIONAL = Set.of(
            Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
            Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
            Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
            Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
            Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
            Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE);

    @Test
    void lengthIsThatOfAControlCharacterOrNone() {
        assertForAll(codePoint -> {
            byte[] text = utf8(Character.toString(codePoint));
            int expected = ControlCharacters.isControl(codePoint) ? text.length : 0;
            return Controls.lengthAt(text, 0, text.length) == expected;
        });
    }

    @Test
    void everyControlCharacterIsEscapedAndNoOther() {
        assertForAll(codePoint -> {
            String character = Character.toString(codePoint);
            String expected = ControlCharacters.isControl(codePoint) ? ControlCharacters.escape(codePoint) : character;
            return SafeText.escape("a" + character + "z").equals("a" + expected + "z");
        });
    }

    @Test
    void printableAsciiIsAsciiWithoutControlCharacters() {
        assertForAll(codePoint -> {
            byte[] alone = utf8(Character.toString(codePoint));
            byte[] amongOthers = utf8("eight bytes " + Character.toString(codePoint) + " at a time");
            boolean expected = codePoint < 0x80 && !ControlCharacters.isControl(codePoint);
            return Controls.isPrintableAscii(alone, 0, alone.length) == expected
                    && Controls.isPrintableAscii(amongOthers, 0, amongOthers.length) == expected;
        });
    }

    @Test
    void jsonEscapesQuotesAndBackslashesToo() {
        assertForAll(codePoint -> {
            String character = Character.toString(codePoint);
            boolean quoted = codePoint == '"' || codePoint == '\\';
            String expected = quoted
                    ? "\\" + character
                    : ControlCharacters.isControl(codePoint) ? ControlCharacters.escape(codePoint) : character;
            return json(character).equals(expected)
                    && json("eight bytes, ü " + character + " at a time")
                            .equals("eight bytes, ü " + expected + " at a time");
        });
    }

    @Test
    void jsonIsEscapedAtEveryPlaceOfEveryLength() {
        for (int length = 1; length < 30; length++) {
            for (int at = 0; at < length; at++) {
                for (String unusual : new String[] {"\"", "\\", "\n", "\u007f", "ü\""}) {
                    String before = "#".repeat(at);
                    String behind = "#".repeat(length - at - 1);
                    String escaped = unusual.replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n")
                            .replace("\u007f", "\\u007f");
                    assertThat(json(before + unusual + behind)).isEqualTo(before + escaped + behind);
                    assertThat(json(unusual + before + unusual)).isEqualTo(escaped + before + escaped);
                }
            }
        }
    }

    /** Escapes a text that was appended, and the same where it lies, within others. */
    private static String json(String text) {
        ByteOutput appended = new ByteOutput();
        appended.append("\"");
        appended.append(text);
        Controls.escapeJson(appended, 1);
        ByteOutput inPlace = new ByteOutput();
        inPlace.append("\"");
        byte[] within = utf8("\\" + text + "\"");
        Controls.appendEscapedJson(inPlace, within, 1, within.length - 2);
        String escaped = text(appended);
        assertThat(text(inPlace)).isEqualTo(escaped);
        return escaped.substring(1);
    }

    private static String text(ByteOutput out) {
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }

    @Test
    void controlCharactersAreThoseOfTheJdkAndTheLineSeparatorsAndBidirectionalControls() {
        assertForAll(codePoint -> ControlCharacters.isControl(codePoint)
                == (Character.isISOControl(codePoint)
                        || codePoint == 0x2028
                        || codePoint == 0x2029
                        || BIDIRECTIONAL.contains(Character.getDirectionality(codePoint))));
    }

    private static void assertForAll(IntPredicate agrees) {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(codePoint -> codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
                        .filter(agrees.negate())
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
