package io.asynclog.autoconfigure.transaction;

import io.asynclog.TransactionBinding;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.DisabledAsyncLogAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** {@linkplain AutoConfiguration Auto-configuration} of what binds records to Spring's transactions. */
@AutoConfiguration(before = {AsyncLogAutoConfiguration.class, DisabledAsyncLogAutoConfiguration.class})
@ConditionalOnClass(TransactionSynchronizationManager.class)
public final class AsyncLogTransactionAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    TransactionBinding asyncLogTransactionBinding() {
        return new SpringTransactionBinding();
    }
}
