package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.LoggerContext;
import io.asynclog.AsyncLogManager;
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
    /** Where there is a lifecycle there is an engine that it starts and stops, ours or the application's own. */
    @Bean
    @ConditionalOnBean(name = "asyncLogLifecycle", search = SearchStrategy.CURRENT)
    LogbackBridge asyncLogLogbackBridge(AsyncLogManager manager, ObjectProvider<ErrorHandler> errors) {
        return new LogbackBridge(
                (LoggerContext) LoggerFactory.getILoggerFactory(),
                manager,
                errors.getIfAvailable(ErrorHandler::toStandardError));
    }
}
