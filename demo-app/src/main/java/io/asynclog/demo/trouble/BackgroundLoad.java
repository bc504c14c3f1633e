package io.asynclog.demo.trouble;

import io.asynclog.AsyncLogger;
import org.springframework.scheduling.annotation.Scheduled;

/** Logs all the time, about 500 records a second: mostly at {@code INFO}, with a warning and an error now and then. */
final class BackgroundLoad {
    private static final int RECORDS_AT_ONCE = 50;
    private static final int WARN_EVERY = 100;
    private static final int ERROR_EVERY = 1000;

    private final AsyncLogger log;
    private long parcels;

    BackgroundLoad(AsyncLogger log) {
        this.log = log;
    }

    /** To be called by one thread at a time, as Spring's scheduler does. */
    @Scheduled(fixedRate = 100)
    void log() {
        for (int i = 0; i < RECORDS_AT_ONCE; i++) {
            parcels++;
            if (parcels % ERROR_EVERY == 0) {
                log.error("Parcel {} is lost", parcels);
            } else if (parcels % WARN_EVERY == 0) {
                log.warn("Parcel {} is late", parcels);
            } else {
                log.info("Parcel {} has left the warehouse {}", parcels, "Rotterdam");
            }
        }
    }
}
