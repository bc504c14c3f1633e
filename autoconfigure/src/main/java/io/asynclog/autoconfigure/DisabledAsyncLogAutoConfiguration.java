package io.asynclog.autoconfigure;

import io.asynclog.AsyncLogger;
import io.asynclog.TransactionBinding;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;

/**
 * {@linkplain AutoConfiguration Auto-configuration} in place of {@link AsyncLogAutoConfiguration} where
 * {@code asynclog.enabled} is false, and in tests of a slice of the application such as {@code @WebMvcTest}, which
 * lacks the sinks that there are options for: there is no engine, and classes that are injected an {@link AsyncLogger}
 * still start and log, through the application's own logging system.
 */
@AutoConfiguration(after = AsyncLogAutoConfiguration.class)
@Conditional(DisabledAsyncLogAutoConfiguration.WithoutEngine.class)
@EnableConfigurationProperties(AsyncLogProperties.class)
@Import({LoggerNaming.class, StrayProperties.class})
public final class DisabledAsyncLogAutoConfiguration {
    @Bean
    @Fallback // as the other
    @ConditionalOnMissingBean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    AsyncLogger asyncLogLogger(LoggerNaming naming, TransactionalCalls transactions) {
        return new PassThroughLogger(LoggerFactory.getLogger(naming.currentName()), transactions);
    }

    @Bean
    @ConditionalOnMissingBean
    TransactionalCalls asyncLogTransactionalCalls(ObjectProvider<TransactionBinding> transactions) {
        return new TransactionalCalls(transactions.getIfAvailable(TransactionBinding::none));
    }

    static final class WithoutEngine extends AnyNestedCondition {
        WithoutEngine() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnSwitch(value = "enabled", on = false, onByDefault = true)
        static final class Disabled {}

        /** As Spring Boot sets it for each of its slices. */
        @ConditionalOnBooleanProperty(name = EnableAutoConfiguration.ENABLED_OVERRIDE_PROPERTY, havingValue = false)
        static final class Slice {}
    }
}
