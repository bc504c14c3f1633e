package io.asynclog.autoconfigure.metrics;

import io.asynclog.autoconfigure.Notation;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The meters of one sink that read the engine's own figures when they are asked. */
final class SinkMeters {
    private final RecentStatus status;
    private final String sink;
    private final Tags tags;

    SinkMeters(RecentStatus status, String sink, Delivery delivery) {
        this.status = status;
        this.sink = sink;
        tags = Tags.of("sink", sink, "delivery", Notation.word(delivery));
    }

    void bindTo(MeterRegistry registry) {
        gauge("depth", "Records the sink has still to pass", SinkStatus::depth).register(registry);
        gauge("recovered", "Records that an earlier process had left for the sink", SinkStatus::recovered)
                .register(registry);
        counter("flushed", "Records the sink has flushed", SinkStatus::flushed).register(registry);
        counter("failed", "Records the sink refused for good", SinkStatus::failed)
                .register(registry);
        counter(
                        "filtered",
                        "Records that were not meant for the sink, by its level or their origin",
                        SinkStatus::filtered)
                .register(registry);
        counter("retries", "Rounds of delivery after a failed attempt", SinkStatus::retries)
                .baseUnit("retries")
                .register(registry);
        TimeGauge.builder("asynclog.sink.lag", status, TimeUnit.NANOSECONDS, value(SinkStatus::lagNanos))
                .tags(tags)
                .description("How long ago the first record that the sink has still to pass was logged")
                .register(registry);
        bindDropped(registry, "lagged", SinkStatus.Dropped::lagged);
        bindDropped(registry, "skipped", SinkStatus.Dropped::skipped);
        bindDropped(registry, "shutdown", SinkStatus.Dropped::shutdown);
        for (SinkStatus.State state : SinkStatus.State.values()) {
            bindState(registry, state);
        }
    }

    private void bindDropped(MeterRegistry registry, String reason, ToLongFunction<SinkStatus.Dropped> figure) {
        counter("dropped", "Records the sink was not given", found -> figure.applyAsLong(found.dropped()))
                .tag("reason", reason)
                .register(registry);
    }

    private void bindState(MeterRegistry registry, SinkStatus.State state) {
        Gauge.builder("asynclog.sink.state", status, value(found -> found.state() == state ? 1 : 0))
                .tags(tags)
                .tag("state", Notation.word(state))
                .description("1 for the state that the sink is in, 0 for the others")
                .register(registry);
    }

    private Gauge.Builder<RecentStatus> gauge(String name, String description, ToLongFunction<SinkStatus> figure) {
        return Gauge.builder("asynclog.sink." + name, status, value(figure))
                .tags(tags)
                .description(description)
                .baseUnit(AsyncLogMeters.RECORDS);
    }

    private FunctionCounter.Builder<RecentStatus> counter(
            String name, String description, ToLongFunction<SinkStatus> figure) {
        return FunctionCounter.builder("asynclog.sink." + name, status, value(figure))
                .tags(tags)
                .description(description)
                .baseUnit(AsyncLogMeters.RECORDS);
    }

    private ToDoubleFunction<RecentStatus> value(ToLongFunction<SinkStatus> figure) {
        return recent -> {
            SinkStatus found = recent.sink(sink);
            return found == null ? 0 : figure.applyAsLong(found);
        };
    }
}
