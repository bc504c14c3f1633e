package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * A subject that {@link CrashLoss} kills, in a JVM of its own. Says how many calls have returned when all producers are
 * under way; these log on. In a file it keeps how many calls of each have returned.
 */
public final class CrashLossFork {
    /** In a round of the warm-up, of the records that a JVM is prepared for. */
    private static final int WARM_UP_PART = 8;

    private static final long POLL_MILLIS = 1;

    private CrashLossFork() {}

    /** Logs until it is killed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int count = Integer.parseInt(args[ForkedSubject.OWN_ARGUMENTS]);
        int records = Integer.parseInt(args[ForkedSubject.OWN_ARGUMENTS + 1]);
        double warmUpSeconds = Double.parseDouble(args[ForkedSubject.OWN_ARGUMENTS + 2]);
        ForkedSubject forked = ForkedSubject.start(args);
        Subject subject = forked.subject();
        int warmUpEach = Math.max(1, records / WARM_UP_PART / count);
        forked.warmUp(warmUpSeconds, records, () -> new Producers(subject, count, warmUpEach, false).run());

        CallCounts returned = CallCounts.create(folderOf(args), count);
        for (int producer = 0; producer < count; producer++) {
            int number = producer;
            new Thread(() -> logOn(subject, number, returned), "caller-" + number).start();
        }
        while (!allAreUnderWay(returned)) {
            Thread.sleep(POLL_MILLIS);
        }
        Fork.report(returned.sum());
        new CountDownLatch(1).await();
    }

    /** Returns where the counts are: beside the subject's file. */
    static Path folderOf(String... args) {
        return Objects.requireNonNull(Path.of(args[1]).getParent());
    }

    private static void logOn(Subject subject, int producer, CallCounts returned) {
        String user = OrderLine.user(true, producer);
        for (int number = 0; ; number++) {
            OrderLine.log(subject, user, number);
            returned.set(producer, number + 1);
        }
    }

    private static boolean allAreUnderWay(CallCounts returned) {
        for (int producer = 0; producer < returned.threads(); producer++) {
            if (returned.get(producer) == 0) {
                return false;
            }
        }
        return true;
    }
}
