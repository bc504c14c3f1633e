package io.asynclog.autoconfigure.metrics;

import io.asynclog.AsyncLogManager;
import io.asynclog.FlushListener;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * {@linkplain AutoConfiguration Auto-configuration} of the engine's meters. A context whose parent has them makes none;
 * they are looked for by name, which is faster than by type, as nobody else can make beans of these types.
 */
@AutoConfiguration(after = AsyncLogAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(AsyncLogManager.class)
public final class AsyncLogMetricsAutoConfiguration {
    /** Known to the engine as a {@link FlushListener}, so it must not know the engine. */
    @Bean
    @ConditionalOnMissingBean(name = "asyncLogFlushMeters")
    FlushMeters asyncLogFlushMeters() {
        return new FlushMeters();
    }

    @Bean
    @ConditionalOnMissingBean(name = "asyncLogMeters")
    AsyncLogMeters asyncLogMeters(AsyncLogManager manager, FlushMeters flushes, ApplicationContext context) {
        return new AsyncLogMeters(manager, flushes, context);
    }
}
