package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.LoggerContext;
import io.asynclog.AsyncLogManager;
import io.asynclog.ContextSource;
import io.asynclog.ErrorHandler;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.ConditionalOnSwitch;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/** {@linkplain AutoConfiguration Auto-configuration} of what leads Logback's records into the engine. */
@AutoConfiguration(after = AsyncLogAutoConfiguration.class)
@ConditionalOnClass(LoggerContext.class)
@ConditionalOnSwitch(value = "logback.enabled", onByDefault = false)
public final class AsyncLogLogbackBridgeAutoConfiguration {
    /**
     * Where there is a lifecycle there is an engine that it starts and stops, ours or the application's own. Stopped
     * once more, without effect, when destroyed: a start that fails late does not stop it on Spring Boot 3.5.
     */
    @Bean(destroyMethod = "stop")
    @ConditionalOnBean(name = "asyncLogLifecycle", search = SearchStrategy.CURRENT)
    LogbackBridge asyncLogLogbackBridge(
            AsyncLogManager manager, ObjectProvider<ContextSource> context, ObjectProvider<ErrorHandler> errors) {
        ContextSource source = context.getIfAvailable();
        return new LogbackBridge(
                (LoggerContext) LoggerFactory.getILoggerFactory(),
                manager,
                source instanceof LogbackContextSource ? null : source,
                errors.getIfAvailable(ErrorHandler::toStandardError));
    }
}
