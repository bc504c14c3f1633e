package io.asynclog.autoconfigure;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.ContextSource;
import io.asynclog.ErrorHandler;
import io.asynclog.FlushListener;
import io.asynclog.InvalidOptionException;
import io.asynclog.TaskScheduler;
import io.asynclog.TransactionBinding;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.tail.LogTail;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;

/**
 * {@linkplain AutoConfiguration Auto-configuration} of an engine: one per application context, with loggers named after
 * the classes they are injected into, the application's own levels, and its {@link io.asynclog.FlushFunction} beans as
 * sinks.
 *
 * <p>A child context shares the engine of its parent, whose sinks are those of the parent alone, and warns of its own.
 */
@AutoConfiguration
@ConditionalOnSwitch(value = "enabled", onByDefault = true)
@EnableConfigurationProperties(AsyncLogProperties.class)
@Import({LoggerNaming.class, StrayProperties.class})
@ImportRuntimeHints(PropertyNames.Hints.class)
public final class AsyncLogAutoConfiguration {
    private static final String MANAGER_BEAN = "asyncLogManager";
    /** By its name, as an application may do without Logback. */
    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    @Bean
    @ConditionalOnMissingBean
    TaskScheduler asyncLogTaskScheduler(Environment environment) {
        boolean platformThreads = !environment.getProperty("spring.threads.virtual.enabled", Boolean.class, true);
        return platformThreads ? TaskScheduler.createWithPlatformThreads() : TaskScheduler.create();
    }

    /**
     * Released by the manager; once more, without effect, when destroyed: a context that fails to start may have only
     * that. Made for a manager that asks for it, ours or the application's own: nobody else would ever empty it.
     */
    @Bean(destroyMethod = "release")
    @Lazy
    @ConditionalOnMissingBean
    AsyncBuffer asyncLogBuffer(
            AsyncLogProperties properties, TaskScheduler scheduler, ObjectProvider<ErrorHandler> errors) {
        return InvalidAsyncLogPropertyException.naming(() -> new AsyncBuffer(
                EngineOptions.buffer(properties), scheduler.asExecutor(), new LateErrorHandler(errors)));
    }

    @Bean(destroyMethod = "")
    @Lazy // as its buffer
    @ConditionalOnMissingBean
    LogConsumer asyncLogConsumer(AsyncBuffer buffer, ObjectProvider<ErrorHandler> errors) {
        return new LogConsumer(buffer, new LateErrorHandler(errors));
    }

    /**
     * Only where the manager will be ours, which feeds it: an empty one would be shown for that of a manager that has
     * none. The condition looks at what is there before our manager, which must therefore stand behind.
     */
    @Bean
    @ConditionalOnMissingBean({LogTail.class, AsyncLogManager.class})
    @ConditionalOnSwitch(value = "tail.enabled", onByDefault = false)
    LogTail asyncLogTail() {
        return new LogTail();
    }

    /**
     * Closed by its lifecycle; once more, without effect, when destroyed: a context that fails to start has only that.
     */
    @Bean(name = MANAGER_BEAN, destroyMethod = "close")
    @ConditionalOnMissingBean
    AsyncLogManager asyncLogManager(
            AsyncLogProperties properties,
            TaskScheduler scheduler,
            LogConsumer consumer,
            ObjectProvider<ErrorHandler> errors,
            ObjectProvider<TransactionBinding> transactions,
            ObjectProvider<ContextSource> context,
            ObjectProvider<FlushListener> flushListeners,
            ObjectProvider<LogTail> tail,
            Environment environment,
            ConfigurableListableBeanFactory beanFactory) {
        SinkBeans sinks = new SinkBeans(beanFactory, MANAGER_BEAN);
        sinks.registerDependent();
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .scheduler(scheduler)
                .consumer(consumer) // and its buffer, which need not be a bean where the consumer is not ours
                .errorHandler(new LateErrorHandler(errors))
                .flushListener(new LateFlushListeners(flushListeners))
                .levels(AsyncLogAutoConfiguration::applicationLevels)
                .transactions(transactions.getIfAvailable(TransactionBinding::none))
                .sinks(sinks);
        context.ifAvailable(builder::context);
        tail.ifAvailable(builder::tail);
        new EngineOptions(properties, environment).applyTo(builder, SinkBeans.names(beanFactory));
        return InvalidAsyncLogPropertyException.naming(builder::build);
    }

    /**
     * Comes after the error handler and the listeners, also where beans are made lazily: the thread of a sink, which
     * looks them up, might have to wait for one that makes beans and waits for the sink.
     */
    @Bean
    @ConditionalOnBean(value = AsyncLogManager.class, search = SearchStrategy.CURRENT)
    AsyncLogLifecycle asyncLogLifecycle(
            AsyncLogManager manager,
            AsyncLogProperties properties,
            ObjectProvider<ErrorHandler> errors,
            ObjectProvider<FlushListener> flushListeners) {
        flushListeners.forEach(made -> {});
        return InvalidAsyncLogPropertyException.naming(() -> {
            checkLoggers(properties);
            ErrorHandler ignored = errors.getIfAvailable();
            return new AsyncLogLifecycle(manager, new LateErrorHandler(errors));
        });
    }

    /** Where the engine is that of a context above. */
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean(value = AsyncLogManager.class, search = SearchStrategy.CURRENT)
    IgnoredSinks asyncLogIgnoredSinks(AsyncLogProperties properties, ConfigurableListableBeanFactory beanFactory) {
        return new IgnoredSinks(properties, beanFactory);
    }

    @Bean
    @ConditionalOnBean(value = AsyncLogLifecycle.class, search = SearchStrategy.CURRENT)
    EarlyFlush asyncLogEarlyFlush(AsyncLogLifecycle lifecycle) {
        return new EarlyFlush(lifecycle);
    }

    /** A fallback, for it is a logger of SLF4J as well: an application may have a bean of its own of that type. */
    @Bean
    @Fallback
    @ConditionalOnMissingBean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    AsyncLogger asyncLogLogger(AsyncLogManager manager, LoggerNaming naming) {
        return manager.getLogger(naming.currentName());
    }

    /** Asks the application's logger of the same name at every call, so that a change of its level acts at once. */
    private static Predicate<Level> applicationLevels(String name) {
        Logger logger = LoggerFactory.getLogger(name);
        return logger::isEnabledForLevel;
    }

    /** Refuses to bring Logback's loggers along where there are none. */
    private static void checkLoggers(AsyncLogProperties properties) {
        String factory = LoggerFactory.getILoggerFactory().getClass().getName();
        if (properties.logback().enabled() && !factory.equals(LOGBACK)) {
            throw new InvalidOptionException(
                    "logback.enabled",
                    true,
                    "The loggers of LoggerFactory are not Logback's: " + factory + " makes them.",
                    "Remove this property, or have Logback make them.");
        }
    }
}
