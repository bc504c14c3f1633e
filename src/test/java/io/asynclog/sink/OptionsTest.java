package io.asynclog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asynclog.InvalidOptionException;
import io.asynclog.layout.PatternLayout;
import io.asynclog.layout.ServiceInfo;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final ServiceInfo SHOP = new ServiceInfo("shop", "1.2", null, null);

    @Test
    void defaultsAreThoseOfTheReference() {
        FileOptions file = FileOptions.to(Path.of("a.log"));
        ConsoleOptions console = ConsoleOptions.defaults();

        assertThat(file.path()).isEqualTo(Path.of("a.log"));
        assertThat(file.format()).isEqualTo(LineFormat.PATTERN);
        assertThat(file.pattern()).isEqualTo(PatternLayout.filePattern(""));
        assertThat(file.maxFileSize()).isEqualTo(10 * 1024 * 1024);
        assertThat(file.maxHistory()).isEqualTo(7);
        assertThat(file.totalSizeCap()).isZero();
        assertThat(file.sync()).isEqualTo(FileOptions.Sync.NEVER);
        assertThat(console.format()).isEqualTo(LineFormat.PATTERN);
        assertThat(console.pattern()).isEqualTo(PatternLayout.consolePattern(""));
        assertThat(console.colors()).isEqualTo(ConsoleOptions.ColorMode.DETECT);
    }

    @Test
    void copiesDifferInOneOption() {
        FileOptions file = FileOptions.to(Path.of("a.log"))
                .withFormat(LineFormat.JSON)
                .withPattern("%m%n")
                .withMaxFileSize(2048)
                .withMaxHistory(3)
                .withTotalSizeCap(4096)
                .withSync(FileOptions.Sync.FLUSH)
                .withService(SHOP);

        assertThat(file)
                .isEqualTo(new FileOptions(
                        Path.of("a.log"), LineFormat.JSON, "%m%n", 2048, 3, 4096, FileOptions.Sync.FLUSH, SHOP));
        assertThat(ConsoleOptions.defaults()
                        .withFormat(LineFormat.JSON)
                        .withPattern("%m")
                        .withColors(ConsoleOptions.ColorMode.NEVER)
                        .withService(SHOP))
                .isEqualTo(new ConsoleOptions(LineFormat.JSON, "%m", ConsoleOptions.ColorMode.NEVER, SHOP));
    }

    @Test
    void impossibleValuesAreRefusedByName() {
        FileOptions file = FileOptions.to(Path.of("a.log"));

        assertRefused("file.path", () -> FileOptions.to(Path.of("")));
        assertRefused("file.path", () -> file.withPath(Path.of("/")));
        assertRefused("file.pattern", () -> file.withPattern("%foo"));
        assertRefused("file.max-file-size", () -> file.withMaxFileSize(1023));
        assertRefused("file.max-history", () -> file.withMaxHistory(-1));
        assertRefused("file.total-size-cap", () -> file.withTotalSizeCap(-1));
        assertRefused("console.pattern", () -> ConsoleOptions.defaults().withPattern(""));
    }

    private static void assertRefused(String option, ThrowingCallable change) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(change)
                .satisfies(fault -> assertThat(fault.option()).isEqualTo(option));
    }
}
