package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogManager;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.tail.LogTail;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/** {@linkplain AutoConfiguration Auto-configuration} of the {@link AsyncLogLiveEndpoint}. */
@ImportRuntimeHints(LiveFiles.Hints.class)
@AutoConfiguration(after = AsyncLogAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnWebApplication
@ConditionalOnBean(AsyncLogManager.class)
public final class AsyncLogLiveAutoConfiguration {
    /** The paths are asked for at each request only: they are made of all endpoints, this one too. */
    @Bean
    @ConditionalOnAvailableEndpoint // first, as in AsyncLogEndpointAutoConfiguration
    @ConditionalOnMissingBean
    AsyncLogLiveEndpoint asyncLogLiveEndpoint(
            ObjectProvider<PathMappedEndpoints> paths,
            EndpointAccessResolver access,
            ObjectProvider<LogTail> tail,
            Environment environment) {
        String application = environment.getProperty("spring.application.name", "application");
        return new AsyncLogLiveEndpoint(
                new LivePage(paths::getObject, access, application, tail.getIfAvailable() != null));
    }
}
