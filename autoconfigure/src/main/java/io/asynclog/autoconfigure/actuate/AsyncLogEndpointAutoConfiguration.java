package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogManager;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** {@linkplain AutoConfiguration Auto-configuration} of the {@link AsyncLogEndpoint}. */
// What the extension declares to return does not show its refusals to ahead-of-time processing.
@RegisterReflectionForBinding(AsyncLogEndpointWebExtension.Refusal.class)
@AutoConfiguration(after = AsyncLogAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(AsyncLogManager.class)
public final class AsyncLogEndpointAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    AsyncLogEndpoint asyncLogEndpoint(AsyncLogManager manager) {
        return new AsyncLogEndpoint(manager);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(AsyncLogEndpoint.class)
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
    AsyncLogEndpointWebExtension asyncLogEndpointWebExtension(AsyncLogManager manager) {
        return new AsyncLogEndpointWebExtension(manager);
    }
}
