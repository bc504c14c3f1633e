package io.asynclog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DecimalDigitsTest {
    private static final int NUMBERS = 100_000;

    @Test
    void numbersLookAsTheJdkHasThem() {
        LongStream edges = LongStream.iterate(1, power -> power > 0, power -> power * 10) // up to 10^18
                .flatMap(power -> LongStream.of(power - 1, power, power + 1));
        Random random = new Random(4711);
        LongStream others = LongStream.generate(() -> random.nextLong() >>> (1 + random.nextInt(Long.SIZE - 1)))
                .limit(NUMBERS);
        LongStream.concat(LongStream.concat(edges, others), LongStream.of(1L << 31, (1L << 31) - 1, Long.MAX_VALUE))
                .forEach(number -> assertThat(digits(number)).isEqualTo("x" + number + "x"));
    }

    private static String digits(long number) {
        int count = DecimalDigits.count(number);
        byte[] target = "x".repeat(count + 2).getBytes(StandardCharsets.US_ASCII);
        DecimalDigits.put(number, target, count + 1);
        return new String(target, StandardCharsets.US_ASCII);
    }

    @Test
    void paddedNumbersHaveZerosBeforeThem() {
        for (int count = 1; count <= 9; count++) {
            int behind = (int) Math.pow(10, count);
            for (int number : new int[] {0, 1, 9, behind / 10, behind / 3, behind - 1}) {
                byte[] target = "x".repeat(count + 2).getBytes(StandardCharsets.US_ASCII);
                DecimalDigits.putPadded(number, count, target, 1);
                assertThat(new String(target, StandardCharsets.US_ASCII))
                        .isEqualTo("x" + String.format(Locale.ROOT, "%0" + count + "d", number) + "x");
            }
        }
    }
}
