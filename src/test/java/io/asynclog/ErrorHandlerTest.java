package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ErrorHandlerTest {
    private final PrintStream original = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void record() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(original);
    }

    @Test
    void aTroubleIsOneLineWhateverItsCauseSays() {
        ErrorHandler.toStandardError().report("Sink 'a'\nfailed", new IllegalStateException("row (x\n\u001b[2J)"));
        assertPrinted("asynclog: Sink 'a'\\nfailed: java.lang.IllegalStateException: row (x\\n\\u001b[2J)");
    }

    @Test
    void aCauseThatCannotSayWhatItIsDoesNotHideTheTrouble() {
        ErrorHandler.toStandardError().report("Sink 'a' failed", new Mute());
        assertPrinted("asynclog: Sink 'a' failed: " + Mute.class.getName());
    }

    /** Waits for the line: who reports it does so for a second only. */
    private void assertPrinted(String line) {
        await().atMost(EngineFixture.DEADLINE).untilAsserted(() -> assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(line + System.lineSeparator()));
    }

    @Test
    void standardErrorThatHangsHoldsNobodyUpForLong() throws Exception {
        CountDownLatch inWrite = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                inWrite.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
                super.println(line);
            }
        });
        ErrorHandler handler = ErrorHandler.toStandardError();
        Thread.currentThread().interrupt();
        handler.report("first", null);
        assertThat(Thread.interrupted()).isTrue();
        await().atMost(EngineFixture.DEADLINE).until(() -> inWrite.getCount() == 0);
        handler.report("while it hangs", null);

        goOn.countDown();
        await().atMost(EngineFixture.DEADLINE).untilAsserted(() -> {
            handler.report("again", null);
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains("again");
        });
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("first").doesNotContain("while it hangs");
    }

    @Test
    void standardErrorThatTellsOfItselfIsNotAskedAgain() {
        ErrorHandler handler = ErrorHandler.toStandardError();
        AtomicInteger lines = new AtomicInteger();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                lines.incrementAndGet();
                handler.report("as by a stream that leads back into the engine", null);
            }
        });
        handler.report("first", null);
        await().atMost(EngineFixture.DEADLINE)
                .untilAsserted(() -> assertThat(lines).hasValue(1));
    }

    @SuppressWarnings("OverrideThrowableToString") // the description is what breaks here
    private static final class Mute extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }
}
