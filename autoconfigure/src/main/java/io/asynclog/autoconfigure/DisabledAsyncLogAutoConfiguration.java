package io.asynclog.autoconfigure;

import io.asynclog.AsyncLogger;
import io.asynclog.TransactionBinding;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;

/**
 * {@linkplain AutoConfiguration Auto-configuration} in place of {@link AsyncLogAutoConfiguration} where
 * {@code asynclog.enabled} is false: there is no engine, and classes that are injected an {@link AsyncLogger} still
 * start and log, through the application's own logging system.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "asynclog.enabled", havingValue = false)
@EnableConfigurationProperties(AsyncLogProperties.class)
@Import({LoggerNaming.class, StrayProperties.class})
public final class DisabledAsyncLogAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    AsyncLogger asyncLogLogger(LoggerNaming naming, ObjectProvider<TransactionBinding> transactions) {
        return new PassThroughLogger(
                LoggerFactory.getLogger(naming.currentName()), transactions.getIfAvailable(TransactionBinding::none));
    }
}
