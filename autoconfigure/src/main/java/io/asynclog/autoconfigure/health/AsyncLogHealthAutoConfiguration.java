package io.asynclog.autoconfigure.health;

import io.asynclog.AsyncLogManager;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;

/** {@linkplain AutoConfiguration Auto-configuration} of the health component {@code asynclog}. */
@AutoConfiguration(after = AsyncLogAutoConfiguration.class)
@ConditionalOnClass({CompositeHealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(AsyncLogManager.class)
public final class AsyncLogHealthAutoConfiguration {
    /** The component is called what stands before {@code HealthContributor} in the bean's name. */
    @Bean
    @ConditionalOnMissingBean(name = "asynclogHealthContributor")
    @ConditionalOnEnabledHealthIndicator("asynclog")
    CompositeHealthContributor asynclogHealthContributor(AsyncLogManager manager) {
        return AsyncLogHealth.of(manager::status, AsyncLogHealth.FULL_FOR);
    }
}
