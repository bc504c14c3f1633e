package io.asynclog.demo.trouble;

import java.time.Duration;

/** What a shaky sink is up to. The moods follow each other in a circle. */
enum Mood {
    /** It takes what it is given, at once. */
    WELL(Duration.ofSeconds(15)),
    /** Each flush takes longer than it takes the load to fill the next batch. */
    SLOW(Duration.ofSeconds(15)),
    /** Each flush throws. */
    FAILING(Duration.ofSeconds(15));

    private final Duration lasts;

    Mood(Duration lasts) {
        this.lasts = lasts;
    }

    /** Returns the mood so long after the beginning. */
    static Mood after(Duration elapsed) {
        long round = 0;
        for (Mood mood : values()) {
            round += mood.lasts.toNanos();
        }
        long left = elapsed.toNanos() % round;
        for (Mood mood : values()) {
            left -= mood.lasts.toNanos();
            if (left < 0) {
                return mood;
            }
        }
        throw new AssertionError("Time ran backwards: " + elapsed);
    }
}
