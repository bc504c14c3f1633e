package io.asynclog.autoconfigure.metrics;

import io.asynclog.FlushListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Timers of the flushes, recorded once a flush by the thread of the sink. Not once a record: that takes 70 ns with a
 * histogram, and a file takes not much more to be written.
 */
final class FlushMeters implements FlushListener {
    /** A file is often written within microseconds; Micrometer's own histograms begin at a millisecond. */
    private static final Duration SHORTEST = Duration.ofNanos(10_000);

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
    private final Map<Place, Timers> timers = new ConcurrentHashMap<>();

    /** Has flushes recorded in a registry from now on. */
    void bindTo(MeterRegistry registry) {
        registries.add(registry);
    }

    /** Registers the timers of a sink, unless a flush has done so. */
    void bindSink(MeterRegistry registry, String sink) {
        timers(registry, sink);
    }

    @Override
    public void flushed(String sink, long flushNanos, long deliveryNanos) {
        for (MeterRegistry registry : registries) {
            Timers recorded = timers(registry, sink);
            recorded.success().record(flushNanos, TimeUnit.NANOSECONDS);
            recorded.delivery().record(deliveryNanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void flushFailed(String sink, long flushNanos) {
        for (MeterRegistry registry : registries) {
            timers(registry, sink).failure().record(flushNanos, TimeUnit.NANOSECONDS);
        }
    }

    private Timers timers(MeterRegistry registry, String sink) {
        return timers.computeIfAbsent(new Place(registry, sink), Timers::register);
    }

    private record Place(MeterRegistry registry, String sink) {}

    private record Timers(Timer success, Timer failure, Timer delivery) {
        static Timers register(Place place) {
            return new Timers(flush(place, "success"), flush(place, "failure"), delivery(place));
        }

        private static Timer flush(Place place, String outcome) {
            return builder("asynclog.sink.flush", place)
                    .tag("outcome", outcome)
                    .description("Time of single flushes")
                    .register(place.registry());
        }

        private static Timer delivery(Place place) {
            return builder("asynclog.sink.delivery", place)
                    .description("Time from the log call to the end of the flush, of the first record of each flush")
                    .register(place.registry());
        }

        private static Timer.Builder builder(String name, Place place) {
            return Timer.builder(name).tag("sink", place.sink()).minimumExpectedValue(SHORTEST);
        }
    }
}
