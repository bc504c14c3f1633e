package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.InvalidOptionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class BufferOptionsTest {
    private static final BufferOptions DEFAULTS = BufferOptions.defaults();

    @Test
    void defaultsAreValid() {
        assertThat(new BufferFixture(DEFAULTS).buffer.options()).isEqualTo(DEFAULTS);
        assertThat(DEFAULTS.segmentSize()).isEqualTo(1 << 20);
        assertThat(DEFAULTS.maxSize()).isEqualTo(64 << 20);
        assertThat(DEFAULTS.maxSegments()).isEqualTo(64);
        assertThat(DEFAULTS.maxRecordSize()).isEqualTo(64 << 10);
        assertThat(DEFAULTS.maxWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(DEFAULTS.policy()).isEqualTo(OverflowPolicy.BLOCK);
    }

    @Test
    void filesMayTakeMoreThanMemoryUnlessASizeIsSet() {
        BufferOptions mapped = BufferOptions.mapped(Path.of("buffer"));

        assertThat(mapped.maxSize()).isEqualTo(BufferOptions.DEFAULT_MAPPED_MAX_SIZE);
        assertThat(mapped.withMaxSize(DEFAULTS.maxSize())
                        .withMaxRecordSize(2048)
                        .maxSize())
                .as("a size that happens to be the default of the memory")
                .isEqualTo(DEFAULTS.maxSize());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 4088, 4097, 2L << 30})
    void segmentSizeMustBeInRangeAndAMultipleOfEight(long size) {
        refuses("buffer.segment-size", size, options -> options.withSegmentSize(size));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, (2 << 20) - 1})
    void bufferNeedsRoomForTwoSegments(long size) {
        refuses("buffer.max-size", size, options -> options.withMaxSize(size));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1023, (1 << 20) + 1})
    void recordMustFitIntoASegmentAndHoldSomething(long size) {
        refuses("max-record-size", size, options -> options.withMaxRecordSize(size));
    }

    @Test
    void waitMayNotBeNegative() {
        Duration wait = Duration.ofNanos(-1);
        refuses("buffer.overflow.max-wait", wait, options -> options.withMaxWait(wait));
    }

    @Test
    void maxSizeNeedNotBeAMultipleOfTheSegmentSize() {
        assertThat(DEFAULTS.withMaxSize((3 << 20) + 1).maxSegments()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void policyDecidesWhichLevelsWait(Level level) {
        assertThat(DEFAULTS.waits(level)).isTrue();
        assertThat(DEFAULTS.withPolicy(OverflowPolicy.DROP).waits(level)).isFalse();
        assertThat(DEFAULTS.withPolicy(OverflowPolicy.DROP_BELOW)
                        .withDropBelow(Level.WARN)
                        .waits(level))
                .isEqualTo(level == Level.WARN || level == Level.ERROR);
    }

    private static void refuses(String option, Object value, UnaryOperator<BufferOptions> change) {
        assertThatThrownBy(() -> new BufferFixture(change.apply(DEFAULTS)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(value.toString());
    }
}
