package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SequenceRunsTest {
    private final SequenceRuns runs = new SequenceRuns();

    @Test
    void neighboursAreOneRunInWhateverOrderTheyCome() {
        for (long even = 0; even < 1000; even += 2) {
            runs.add(even);
        }
        assertThat(runs.runs()).isEqualTo(500);
        for (long odd = 999; odd > 0; odd -= 2) {
            runs.add(odd);
            runs.add(odd);
        }
        assertThat(runs.runs()).isEqualTo(1);
        assertThat(runs.contains(0)).isTrue();
        assertThat(runs.contains(999)).isTrue();
        assertThat(runs.contains(-1)).isFalse();
        assertThat(runs.contains(1000)).isFalse();
    }

    @Test
    void holdsWhatASetHolds() {
        Random random = new Random(1);
        TreeSet<Long> expected = new TreeSet<>();
        for (int i = 0; i < 20_000; i++) {
            long sequence = i / 8L + random.nextInt(40);
            if (random.nextInt(10) == 0) {
                runs.forgetBefore(sequence - 20);
            } else {
                runs.add(sequence);
                expected.add(sequence);
            }
            long looked = i / 8L + random.nextInt(60) - 10;
            if (!expected.contains(looked)) {
                assertThat(runs.contains(looked)).isFalse();
            }
            assertThat(runs.contains(expected.last())).isTrue();
        }
        expected.tailSet(20_000L / 8 + 20)
                .forEach(sequence -> assertThat(runs.contains(sequence)).isTrue());
        assertThat(runs.runs()).isLessThan(60);
    }
}
