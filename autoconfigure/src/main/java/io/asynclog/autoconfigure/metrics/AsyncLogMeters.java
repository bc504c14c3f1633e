package io.asynclog.autoconfigure.metrics;

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
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Meters that read the engine's own figures when they are asked, and beside them the timers of the flushes: a log call
 * knows nothing of either. Those of the sinks follow when the context is up, for only then the sinks are known.
 */
final class AsyncLogMeters implements MeterBinder, ApplicationListener<ContextRefreshedEvent> {
    static final String RECORDS = "records";

    private final AsyncLogManager manager;
    private final ApplicationContext context;
    private final RecentStatus status;
    private final FlushMeters flushes;
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    AsyncLogMeters(AsyncLogManager manager, FlushMeters flushes, ApplicationContext context) {
        this.manager = manager;
        this.context = context;
        this.flushes = flushes;
        this.status = new RecentStatus(manager, System::nanoTime);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        flushes.bindTo(registry);
        bindBuffer(registry);
        bindSinks(registry);
    }

    /** Hears of the contexts below as well, such as that of the management's port. */
    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        if (event.getApplicationContext() == context) {
            registries.forEach(this::bindSinks);
        }
    }

    private void bindBuffer(MeterRegistry registry) {
        gauge("asynclog.buffer.depth", "Records that some sink has still to pass", RECORDS, AsyncLogStatus::depth)
                .register(registry);
        gauge(
                        "asynclog.buffer.used",
                        "Bytes from the oldest record that some sink has still to pass to the newest",
                        BaseUnits.BYTES,
                        engine -> engine.buffer().depthBytes())
                .register(registry);
        gauge(
                        "asynclog.buffer.held",
                        "Bytes from the oldest record that a required sink has still to pass to the newest",
                        BaseUnits.BYTES,
                        engine -> engine.buffer().heldBytes())
                .register(registry);
        gauge(
                        "asynclog.buffer.max",
                        "Bytes that all segments may take together",
                        BaseUnits.BYTES,
                        engine -> engine.buffer().capacityBytes())
                .register(registry);
        gauge(
                        "asynclog.buffer.high.water",
                        "Largest `asynclog.buffer.used` since the start",
                        BaseUnits.BYTES,
                        engine -> engine.buffer().highWaterBytes())
                .register(registry);
        TimeGauge.builder("asynclog.buffer.oldest.age", status, TimeUnit.NANOSECONDS, recent -> recent.get()
                        .buffer()
                        .oldestAgeNanos())
                .description("How long ago the first record that some sink has still to pass was logged")
                .register(registry);
        FunctionTimer.builder(
                        "asynclog.buffer.waits",
                        status,
                        recent -> recent.get().buffer().waits(),
                        recent -> recent.get().buffer().waitedNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Time that log calls waited for room")
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
        dropped(registry, "too-late", AsyncLogStatus::tooLate);
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
        for (SinkStatus sink : manager.status().sinks()) {
            new SinkMeters(status, sink.name(), sink.delivery()).bindTo(registry);
            flushes.bindSink(registry, sink.name());
        }
    }
}
