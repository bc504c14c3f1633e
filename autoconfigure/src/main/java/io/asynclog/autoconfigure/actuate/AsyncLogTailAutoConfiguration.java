package io.asynclog.autoconfigure.actuate;

import io.asynclog.tail.LogTail;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** {@linkplain AutoConfiguration Auto-configuration} of the tail at the {@link AsyncLogEndpoint}. */
@AutoConfiguration(after = AsyncLogEndpointAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean({LogTail.class, AsyncLogEndpoint.class})
public final class AsyncLogTailAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = AsyncLogEndpoint.class, exposure = EndpointExposure.WEB)
    AsyncLogTailWebExtension asyncLogTailWebExtension(AsyncLogEndpoint endpoint, LogTail tail) {
        return new AsyncLogTailWebExtension(endpoint, tail);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = AsyncLogEndpoint.class, exposure = EndpointExposure.JMX)
    AsyncLogTailJmxExtension asyncLogTailJmxExtension(LogTail tail) {
        return new AsyncLogTailJmxExtension(tail);
    }
}
