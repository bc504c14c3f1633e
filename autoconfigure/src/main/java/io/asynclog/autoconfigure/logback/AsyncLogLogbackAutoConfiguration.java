package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.asynclog.ContextSource;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** {@linkplain AutoConfiguration Auto-configuration} of what reads Logback's MDC. */
@AutoConfiguration(before = AsyncLogAutoConfiguration.class)
@ConditionalOnClass(LogbackMDCAdapter.class)
public final class AsyncLogLogbackAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    ContextSource asyncLogContextSource() {
        return new LogbackContextSource();
    }
}
