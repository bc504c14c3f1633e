package io.asynclog.autoconfigure.health;

import io.asynclog.AsyncLogManager;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** {@linkplain AutoConfiguration Auto-configuration} of the health component {@code asynclog}. */
@AutoConfiguration(after = AsyncLogAutoConfiguration.class)
@ConditionalOnClass({CompositeHealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
public final class AsyncLogHealthAutoConfiguration {
    /** The component is called what stands before {@code HealthContributor} in the bean's name. */
    @Bean
    @ConditionalOnMissingBean(name = "asynclogHealthContributor")
    @ConditionalOnEnabledHealthIndicator("asynclog")
    CompositeHealthContributor asynclogHealthContributor(ObjectProvider<AsyncLogManager> manager) {
        AsyncLogManager running = manager.getIfAvailable();
        return contributor(new EngineHealth(running == null ? null : running::status));
    }

    static CompositeHealthContributor contributor(EngineHealth engine) {
        Map<String, HealthIndicator> parts = new LinkedHashMap<>();
        parts.put("buffer", () -> health(engine.buffer()));
        parts.put("sinks", () -> health(engine.sinks()));
        return CompositeHealthContributor.fromMap(parts);
    }

    private static Health health(EngineHealth.Part part) {
        return Health.status(part.status()).withDetails(part.details()).build();
    }
}
