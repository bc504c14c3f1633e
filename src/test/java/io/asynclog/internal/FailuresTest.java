package io.asynclog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void failureDescribesItself() {
        assertThat(Failures.describe(new IllegalStateException("no disk")))
                .isEqualTo("java.lang.IllegalStateException: no disk");
    }

    @Test
    void longDescriptionIsCut() {
        assertThat(Failures.describe(new IllegalStateException("answer of the server ".repeat(100_000))))
                .hasSize(4096)
                .startsWith("java.lang.IllegalStateException: answer of")
                .endsWith("...[cut]");
    }

    @Test
    void failureThatFailsToDescribeItselfIsNamedAfterItsClass() {
        assertThat(Failures.describe(new Evil(null))).isEqualTo(Evil.class.getName());
        assertThat(Failures.describe(new Evil(new IllegalStateException("again"))))
                .isEqualTo(Evil.class.getName());
        assertThat(Failures.describe(new Evil(new StackOverflowError()))).isEqualTo(Evil.class.getName());
    }

    private static final class Evil extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final @Nullable Throwable thrown;

        Evil(@Nullable Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        @SuppressWarnings({"NullAway", "OverrideThrowableToString", "ToStringReturnsNull"
        }) // foreign code keeps no rules
        public String toString() {
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            return null;
        }
    }
}
