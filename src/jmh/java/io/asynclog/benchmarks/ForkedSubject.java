package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A subject that runs in the JVM which {@link Fork#of} made for it. */
final class ForkedSubject {
    /** The first of its arguments that is not the subject's. */
    static final int OWN_ARGUMENTS = 3;

    private final Setup setup;
    private final Path file;
    private final Subject subject;
    private long measuredFrom;

    private ForkedSubject(Setup setup, Path file, Path buffer) throws IOException {
        this.setup = setup;
        this.file = file;
        subject = setup.opener().open(file, buffer);
    }

    static ForkedSubject start(String[] args) throws IOException {
        return new ForkedSubject(Subjects.named(args[0]), Path.of(args[1]), Path.of(args[2]));
    }

    Subject subject() {
        return subject;
    }

    /**
     * Logs in rounds, each of which is drained.
     *
     * @param measured lines that are measured directly after it
     */
    void warmUp(double seconds, long measured, WarmUp.Round round) throws IOException, InterruptedException {
        warmUp(seconds, round, measured, round);
    }

    /** Logs in rounds, each of which is drained, and the last of which is another. */
    void warmUp(double seconds, WarmUp.Round round, long measured, WarmUp.Round last)
            throws IOException, InterruptedException {
        WarmUp warmUp = new WarmUp(seconds);
        warmUp.run(drained(round));
        warmUp.runLast(Pages.forLines(Objects.requireNonNull(file.getParent()), measured), drained(last));
        measuredFrom = Files.exists(file) ? Files.size(file) : 0;
    }

    private WarmUp.Round drained(WarmUp.Round round) {
        return () -> {
            round.run();
            subject.drain();
            subject.resume();
        };
    }

    /** Stops the subject, and looks at what was logged since the warm-up. */
    LineCheck check(int producers, int recordsEach) throws IOException, InterruptedException {
        subject.close();
        LineCheck check = new LineCheck(producers, recordsEach);
        if (!setup.ordered()) {
            check.expectNoOrder();
        }
        setup.reader().read(file, measuredFrom, check);
        return check;
    }
}
