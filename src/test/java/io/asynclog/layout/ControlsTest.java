package io.asynclog.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.internal.ControlCharacters;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What works on UTF-8 knows the same control characters as what works on characters. */
class ControlsTest {
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
    void firstControlIsFoundBetweenOthersAndAlone() {
        assertForAll(codePoint -> {
            boolean control = ControlCharacters.isControl(codePoint);
            boolean forJson = control || codePoint == '"' || codePoint == '\\';
            return isFound(codePoint, control, Controls::firstControl)
                    && isFound(codePoint, forJson, Controls::firstForJson);
        });
    }

    private static boolean isFound(int codePoint, boolean expected, Search search) {
        byte[] alone = utf8(Character.toString(codePoint));
        byte[] amongOthers = utf8("eight bytes, ü " + Character.toString(codePoint) + " at a time");
        return search.first(alone, 0, alone.length) == (expected ? 0 : alone.length)
                && search.first(amongOthers, 0, amongOthers.length) == (expected ? 16 : amongOthers.length);
    }

    @Test
    void firstIsFoundAtEveryPlaceOfEveryLength() {
        for (int length = 1; length < 30; length++) {
            for (int at = 0; at < length; at++) {
                for (String unusual : new String[] {"\"", "\\", "\n", "\u007f"}) {
                    byte[] text = utf8("#" + "#".repeat(at) + unusual + "#".repeat(length - at - 1));
                    assertThat(Controls.firstForJson(text, 1, text.length)).isEqualTo(1 + at);
                    assertThat(Controls.firstForJson(text, 1, 1 + at)).isEqualTo(1 + at);
                }
            }
        }
    }

    private interface Search {
        int first(byte[] bytes, int from, int to);
    }

    @Test
    void controlCharactersAreThoseOfTheJdkAndTheLineSeparators() {
        assertForAll(codePoint -> ControlCharacters.isControl(codePoint)
                == (Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029));
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
