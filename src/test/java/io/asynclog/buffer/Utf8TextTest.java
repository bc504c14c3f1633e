package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8TextTest {
    private static final String CUT_MARK = "...[cut]";
    private static final String[] CHARACTERS = {
        "a", "~", " ", "\n", "\u00e9", "\u20ac", "\ud83d\ude00", "\ud83d", "\ude00"
    };

    private final Random random = new Random(4711);

    /** With limits around the ends of the text and of the array, at which it grows; the pieces are of all kinds. */
    @Test
    void piecesAreAppendedAsGetBytesHasThemUpToTheLimit() {
        for (int round = 0; round < 20_000; round++) {
            int before = random.nextBoolean() ? 0 : 900 + random.nextInt(130);
            int maxLength = random.nextInt(260);
            Utf8Text text = usedBefore();
            text.skip(before);
            text.begin(maxLength);
            Expected expected = new Expected(maxLength);
            for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
                append(text, expected);
            }

            boolean cut = text.isCut();
            int length = text.end();

            assertThat(new String(text.bytes(), before, length, StandardCharsets.UTF_8))
                    .as("round %s, %s bytes before, limit %s", round, before, maxLength)
                    .isEqualTo(expected.end());
            assertThat(cut).isEqualTo(expected.cut);
            assertThat(text.position()).isEqualTo(before + length);
        }
    }

    private void append(Utf8Text text, Expected expected) {
        String piece = piece(random.nextInt(120));
        switch (random.nextInt(4)) {
            case 0 -> {
                int from = random.nextInt(piece.length() + 1);
                int to = from + random.nextInt(piece.length() - from + 1);
                text.append(piece, from, to);
                expected.append(piece.substring(from, to));
            }
            case 1 -> {
                byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
                byte[] padded = Arrays.copyOf(bytes, bytes.length + Utf8Text.PADDING);
                Arrays.fill(padded, bytes.length, padded.length, (byte) '#');
                text.appendPadded(padded, 0, bytes.length);
                expected.append(piece);
            }
            case 2 -> {
                long number = random.nextLong() >> random.nextInt(Long.SIZE);
                text.appendDecimal(number);
                expected.appendWhole(Long.toString(number));
            }
            default -> {
                text.append(piece);
                expected.append(piece);
            }
        }
    }

    /** Mostly printable ASCII, which has a way of its own, and somewhere in it perhaps something else. */
    private String piece(int length) {
        StringBuilder piece = new StringBuilder();
        int rarity = 1 << random.nextInt(8);
        for (int i = 0; i < length; i++) {
            piece.append(random.nextInt(rarity) == 1 ? CHARACTERS[random.nextInt(CHARACTERS.length)] : "x");
        }
        return piece.toString();
    }

    /** What a text has to be: characters one by one until one does not fit, and nothing behind that. */
    private static final class Expected {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int maxLength;
        boolean cut;

        Expected(int maxLength) {
            this.maxLength = maxLength;
        }

        void append(String piece) {
            piece.codePoints().forEach(codePoint -> appendWhole(Character.toString(codePoint)));
        }

        void appendWhole(String piece) {
            byte[] more = piece.getBytes(StandardCharsets.UTF_8);
            cut |= bytes.size() + more.length > Math.max(0, maxLength - CUT_MARK.length());
            if (!cut) {
                bytes.writeBytes(more);
            }
        }

        String end() {
            return bytes.toString(StandardCharsets.UTF_8) + (cut && maxLength >= CUT_MARK.length() ? CUT_MARK : "");
        }
    }

    @Test
    void wholeNumbersOfAnyLengthAreAppendedAsTheirToString() {
        for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
            for (long value : new long[] {power - 1, power, power + 1, 7 * power, -power, 1 - power}) {
                assertThat(appended(value)).isEqualTo(Long.toString(value));
            }
        }
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long value = 1L << bit;
            assertThat(appended(value)).isEqualTo(Long.toString(value));
            assertThat(appended(value - 1)).isEqualTo(Long.toString(value - 1));
        }
        assertThat(appended(1_000_000_000_000_000_000L)).isEqualTo("1000000000000000000");
        assertThat(appended(999_999_999_999_999_999L)).isEqualTo("999999999999999999");
    }

    private static String appended(long value) {
        Utf8Text text = new Utf8Text();
        text.begin(100);
        text.appendDecimal(value);
        return new String(text.bytes(), 0, text.position(), StandardCharsets.UTF_8);
    }

    /** Whatever was there before must not shine through. */
    private static Utf8Text usedBefore() {
        Utf8Text text = new Utf8Text();
        text.begin(2000);
        text.append("z".repeat(1000));
        int ignored = text.end();
        text.truncate(0);
        return text;
    }

    /** Long texts are copied in chunks, which may end within a pair. */
    @Test
    void pairsOfSurrogatesStayWholeWhereverTheyStandInALongText() {
        for (int before = 0; before < 2 * PrintableAscii.CHUNK + 2; before++) {
            for (String end : new String[] {"\ud83d\ude00", "\ud83d\ude00 and more of it", "\ud83d", "\ude00"}) {
                String string = "x".repeat(before) + end;
                Utf8Text text = usedBefore();
                text.begin(5000);
                text.append(string);

                assertThat(new String(text.bytes(), 0, text.end(), StandardCharsets.UTF_8))
                        .isEqualTo("x".repeat(before) + end.replaceAll("^\ud83d$|^\ude00$", "?"));
            }
        }
    }
}
