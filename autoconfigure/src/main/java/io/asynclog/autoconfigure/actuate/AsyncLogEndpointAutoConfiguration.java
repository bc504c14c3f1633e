package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogManager;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.tail.LogTail;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@linkplain AutoConfiguration Auto-configuration} of the {@link AsyncLogEndpoint}. Where it is not exposed, as is the
 * default, no further search for beans by type is made: conditions of a method are evaluated in the order in which they
 * stand.
 */
// What the extension declares to return does not show these to ahead-of-time processing.
@RegisterReflectionForBinding({AsyncLogEndpointWebExtension.Refusal.class, AsyncLogTailReport.class})
@AutoConfiguration(after = AsyncLogAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(AsyncLogManager.class)
public final class AsyncLogEndpointAutoConfiguration {
    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    AsyncLogEndpoint asyncLogEndpoint(AsyncLogManager manager) {
        return new AsyncLogEndpoint(manager);
    }

    @Bean
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
    @ConditionalOnMissingBean
    @ConditionalOnBean(AsyncLogEndpoint.class)
    AsyncLogEndpointWebExtension asyncLogEndpointWebExtension(
            AsyncLogManager manager, AsyncLogEndpoint endpoint, ObjectProvider<LogTail> tail) {
        return new AsyncLogEndpointWebExtension(manager, endpoint, tail.getIfAvailable());
    }

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = AsyncLogEndpoint.class, exposure = EndpointExposure.WEB)
    @ConditionalOnBean(AsyncLogEndpoint.class)
    KnownFields asyncLogEndpointFields() {
        return new KnownFields(EndpointId.of("asynclog"));
    }

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = AsyncLogEndpoint.class, exposure = EndpointExposure.JMX)
    @ConditionalOnMissingBean
    @ConditionalOnBean({AsyncLogEndpoint.class, LogTail.class})
    AsyncLogTailJmxExtension asyncLogTailJmxExtension(LogTail tail) {
        return new AsyncLogTailJmxExtension(tail);
    }
}
