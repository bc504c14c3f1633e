package io.asynclog.boot35;

import io.asynclog.AsyncLogManager;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.health.EngineHealth;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@linkplain AutoConfiguration Auto-configuration} of the health component {@code asynclog} on Spring Boot 3.5. What
 * is said is in {@link EngineHealth}.
 */
@AutoConfiguration(after = AsyncLogAutoConfiguration.class)
@ConditionalOnClass({CompositeHealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
public final class AsyncLogBoot35HealthAutoConfiguration {
    /** The component is called what stands before {@code HealthContributor} in the bean's name. */
    @Bean
    @ConditionalOnMissingBean(name = "asynclogHealthContributor")
    @ConditionalOnEnabledHealthIndicator("asynclog")
    CompositeHealthContributor asynclogHealthContributor(ObjectProvider<AsyncLogManager> manager) {
        AsyncLogManager running = manager.getIfAvailable();
        EngineHealth engine = new EngineHealth(running == null ? null : running::status);
        Map<String, HealthIndicator> parts = new LinkedHashMap<>();
        parts.put("buffer", () -> health(engine.buffer()));
        parts.put("sinks", () -> health(engine.sinks()));
        return CompositeHealthContributor.fromMap(parts);
    }

    private static Health health(EngineHealth.Part part) {
        return Health.status(part.status()).withDetails(part.details()).build();
    }
}
