package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogStatus;
import io.asynclog.buffer.RecoveryStatus;
import io.asynclog.consumer.SinkStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Meters that read the engine's own figures when they are asked: a log call knows nothing of them. Those of the sinks follow
 * when the context is up, for only then the sinks are known.
 */
final class AsyncLogMeters implements MeterBinder, ApplicationListener<ContextRefreshedEvent> {
    private static final String RECORDS = "records";

    private final AsyncLogManager manager;
    private final RecentStatus status;
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    AsyncLogMeters(AsyncLogManager manager) {
        this.manager = manager;
        this.status = new RecentStatus(manager, System::nanoTime);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        bindBuffer(registry);
        bindSinks(registry);
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        registries.forEach(this::bindSinks);
    }

    private void bindBuffer(MeterRegistry registry) {
        gauge("asynclog.buffer.depth", "Records that some sink has still to pass", RECORDS, AsyncLogStatus::pending)
                .register(registry);
        gauge(
                        "asynclog.buffer.used",
                        "Bytes from the oldest record that some sink has still to pass to the newest",
                        BaseUnits.BYTES,
                        engine -> engine.buffer().depthBytes())
                .register(registry);
        gauge(
                        "asynclog.buffer.max",
                        "Bytes that all segments may take together",
                        BaseUnits.BYTES,
                        engine -> engine.buffer().capacityBytes())
                .register(registry);
        FunctionCounter.builder("asynclog.records.accepted", status, recent -> recent.get()
                        .buffer()
                        .accepted())
                .description("Records the buffer has taken")
                .baseUnit(RECORDS)
                .register(registry);
        FunctionCounter.builder("asynclog.records.damaged", status, recent -> damaged(recent.get()))
                .description("Records that an earlier process left and that cannot be read any more")
                .baseUnit(RECORDS)
                .register(registry);
        dropped(registry, "overflow", engine -> engine.buffer().dropped());
        dropped(registry, "tooLate", AsyncLogStatus::tooLate);
    }

    private static double damaged(AsyncLogStatus engine) {
        RecoveryStatus recovery = engine.buffer().recovery();
        return recovery == null ? 0 : recovery.damaged();
    }

    private Gauge.Builder<RecentStatus> gauge(
            String name, String description, String unit, ToDoubleFunction<AsyncLogStatus> value) {
        return Gauge.builder(name, status, recent -> value.applyAsDouble(recent.get()))
                .description(description)
                .baseUnit(unit);
    }

    private void dropped(MeterRegistry registry, String reason, ToDoubleFunction<AsyncLogStatus> value) {
        FunctionCounter.builder("asynclog.records.dropped", status, recent -> value.applyAsDouble(recent.get()))
                .tag("reason", reason)
                .description("Records the buffer has not taken")
                .baseUnit(RECORDS)
                .register(registry);
    }

    private void bindSinks(MeterRegistry registry) {
        manager.status().sinks().forEach(sink -> bindSink(registry, sink.name()));
    }

    private void bindSink(MeterRegistry registry, String sink) {
        Gauge.builder("asynclog.sink.depth", status, value(sink, SinkStatus::depth)::applyAsLong)
                .tag("sink", sink)
                .description("Records the sink has still to pass")
                .baseUnit(RECORDS)
                .register(registry);
        Gauge.builder("asynclog.sink.recovered", status, value(sink, SinkStatus::recovered)::applyAsLong)
                .tag("sink", sink)
                .description("Records that an earlier process had left for the sink")
                .baseUnit(RECORDS)
                .register(registry);
        TimeGauge.builder(
                        "asynclog.sink.lag",
                        status,
                        TimeUnit.NANOSECONDS,
                        value(sink, SinkStatus::lagNanos)::applyAsLong)
                .tag("sink", sink)
                .description("How long ago the oldest record that the sink is working on was logged")
                .register(registry);
        counter(registry, "asynclog.sink.flushed", sink, "Records the sink has flushed", RECORDS, SinkStatus::flushed);
        counter(
                registry,
                "asynclog.sink.failed",
                sink,
                "Records the sink refused for good",
                RECORDS,
                SinkStatus::failed);
        counter(registry, "asynclog.sink.retries", sink, "Attempts after a failed one", "retries", SinkStatus::retries);
        bindTimers(registry, sink);
    }

    private void counter(
            MeterRegistry registry,
            String name,
            String sink,
            String description,
            String unit,
            ToLongFunction<SinkStatus> value) {
        FunctionCounter.builder(name, status, value(sink, value)::applyAsLong)
                .tag("sink", sink)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private void bindTimers(MeterRegistry registry, String sink) {
        flushTimer(registry, sink, "success", SinkStatus::batches, flushed -> flushed.flushLatency()
                .totalNanos());
        flushTimer(registry, sink, "failure", SinkStatus::failedFlushes, SinkStatus::failedFlushNanos);
        timer(
                        "asynclog.sink.delivery",
                        sink,
                        delivered -> delivered.deliveryLatency().count(),
                        delivered -> delivered.deliveryLatency().totalNanos())
                .description("Time from the log call to the end of the flush, by record")
                .register(registry);
    }

    private void flushTimer(
            MeterRegistry registry,
            String sink,
            String outcome,
            ToLongFunction<SinkStatus> count,
            ToLongFunction<SinkStatus> nanos) {
        timer("asynclog.sink.flush", sink, count, nanos)
                .tag("outcome", outcome)
                .description("Time of single flushes")
                .register(registry);
    }

    private FunctionTimer.Builder<RecentStatus> timer(
            String name, String sink, ToLongFunction<SinkStatus> count, ToLongFunction<SinkStatus> nanos) {
        return FunctionTimer.builder(
                        name, status, value(sink, count), value(sink, nanos)::applyAsLong, TimeUnit.NANOSECONDS)
                .tag("sink", sink);
    }

    private static ToLongFunction<RecentStatus> value(String sink, ToLongFunction<SinkStatus> value) {
        return recent -> {
            SinkStatus found = recent.sink(sink);
            return found == null ? 0 : value.applyAsLong(found);
        };
    }
}
