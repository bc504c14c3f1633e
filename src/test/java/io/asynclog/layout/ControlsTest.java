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
    void plainJsonIsPrintableAsciiWithoutQuotesAndBackslashes() {
        assertForAll(codePoint -> {
            boolean expected = codePoint < 0x80
                    && !ControlCharacters.isControl(codePoint)
                    && codePoint != '"'
                    && codePoint != '\\';
            return isPlainJson(Character.toString(codePoint)) == expected
                    && isPlainJson("eight bytes " + Character.toString(codePoint) + " at a time") == expected;
        });
    }

    @Test
    void plainJsonIsToldAtEveryPlaceOfEveryLength() {
        for (int length = 1; length < 30; length++) {
            for (int at = 0; at < length; at++) {
                assertThat(isPlainJson("#".repeat(length))).isTrue();
                for (String unusual : new String[] {"\"", "\\", "\n"}) {
                    String text = "#".repeat(at) + unusual + "#".repeat(length - at - 1);
                    assertThat(isPlainJson(text)).as(text).isFalse();
                }
            }
        }
    }

    private static boolean isPlainJson(String text) {
        return Controls.isPlainJson(utf8(text), 0, utf8(text).length);
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
