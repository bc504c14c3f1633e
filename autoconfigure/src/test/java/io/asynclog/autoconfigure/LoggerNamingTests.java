package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

class LoggerNamingTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AsyncLogAutoConfiguration.class))
            .withUserConfiguration(Beans.class)
            .withPropertyValues("asynclog.console.enabled=false");

    @Test
    void constructorFieldAndMethodInjectionNameTheLoggerAfterTheClass() {
        runner.run(context -> {
            assertThat(context.getBean(ByConstructor.class).log.getName()).isEqualTo(ByConstructor.class.getName());
            assertThat(context.getBean(ByField.class).log.getName()).isEqualTo(ByField.class.getName());
            assertThat(context.getBean(ByMethod.class).log.getName()).isEqualTo(ByMethod.class.getName());
        });
    }

    @Test
    void anInheritedFieldNamesTheLoggerAfterTheClassThatDeclaresIt() {
        runner.run(
                context -> assertThat(context.getBean(Heir.class).log.getName()).isEqualTo(Parent.class.getName()));
    }

    @Test
    void providersAndLazyProxiesNameTheLoggerAfterTheClass() {
        runner.run(context -> {
            assertThat(context.getBean(ByProvider.class).log.getName()).isEqualTo(ByProvider.class.getName());
            assertThat(context.getBean(ByLazyProxy.class).log.getName()).isEqualTo(ByLazyProxy.class.getName());
        });
    }

    @Test
    void aParameterOfABeanMethodNamesTheLoggerAfterTheBeansClass() {
        runner.run(
                context -> assertThat(context.getBean(Made.class).log.getName()).isEqualTo(Made.class.getName()));
    }

    @Test
    void aBeanMethodThatReturnsAnInterfaceNamesTheLoggerAfterItsOwnClass() {
        runner.run(context -> {
            context.getBean("task", Runnable.class).run();
            assertThat(context.getBean(Beans.Seen.class).name).isEqualTo(Beans.class.getName());
        });
    }

    @Test
    void aLoggerThatIsLookedUpIsNamedAfterTheApplication() {
        runner.withPropertyValues("spring.application.name=orders")
                .run(context ->
                        assertThat(context.getBean(AsyncLogger.class).getName()).isEqualTo("orders"));
    }

    /** Spring gives a look-up the injection point that it is about to fill, wherever the look-up is made. */
    @Test
    void aLoggerThatIsLookedUpWhileABeanIsCreatedMayBeNamedAfterTheClassThatIsInjectedThatBean() {
        runner.withBean(Outer.class).withBean(Inner.class).run(context -> assertThat(
                        context.getBean(Outer.class).inner.log.getName())
                .isEqualTo(Outer.class.getName()));
    }

    static final class Outer {
        final Inner inner;

        Outer(Inner inner) {
            this.inner = inner;
        }
    }

    static final class Inner implements BeanFactoryAware {
        AsyncLogger log;

        @Override
        public void setBeanFactory(BeanFactory beans) {
            log = beans.getBean(AsyncLogger.class);
        }
    }

    @Test
    void aLoggerThatIsLookedUpInANamelessApplicationHasAName() {
        runner.run(context ->
                assertThat(context.getBean(AsyncLogger.class).getName()).isEqualTo("application"));
    }

    @Test
    void aNamedLoggerThatIsNoDefaultCandidateLeavesTheOthersTheirNames() {
        runner.withUserConfiguration(Named.class).run(context -> {
            assertThat(context.getBean(ByQualifier.class).log.getName()).isEqualTo("audit");
            assertThat(context.getBean(ByConstructor.class).log.getName()).isEqualTo(ByConstructor.class.getName());
            assertThat(context.getBean(ByProvider.class).log.getName()).isEqualTo(ByProvider.class.getName());
        });
    }

    /** As it is in many an application, for loggers of Logback. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBeanThatIsALoggerOfSlf4jStaysTheOneForThatType(boolean enabled) {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(AsyncLogAutoConfiguration.class, DisabledAsyncLogAutoConfiguration.class))
                .withUserConfiguration(OfSlf4j.class)
                .withPropertyValues("asynclog.console.enabled=false", "asynclog.enabled=" + enabled)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Both.class).plain)
                            .isNotInstanceOf(AsyncLogger.class)
                            .extracting(Logger::getName)
                            .isEqualTo("plain." + Both.class.getName());
                    assertThat(context.getBean(Both.class).log.getName()).isEqualTo(Both.class.getName());
                });
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Both.class)
    static class OfSlf4j {
        @Bean
        @Scope("prototype")
        Logger logger(InjectionPoint point) {
            return LoggerFactory.getLogger(
                    "plain." + point.getMember().getDeclaringClass().getName());
        }
    }

    static final class Both {
        final Logger plain;
        final AsyncLogger log;

        Both(Logger plain, AsyncLogger log) {
            this.plain = plain;
            this.log = log;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(ByQualifier.class)
    static class Named {
        @Bean(defaultCandidate = false)
        AsyncLogger auditLog(AsyncLogManager manager) {
            return manager.getLogger("audit");
        }
    }

    static final class ByQualifier {
        final AsyncLogger log;

        ByQualifier(@Qualifier("auditLog") AsyncLogger log) {
            this.log = log;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(ByConstructor.class)
    static class Beans {
        @Bean
        ByField byField() {
            return new ByField();
        }

        @Bean
        ByMethod byMethod() {
            return new ByMethod();
        }

        @Bean
        Heir heir() {
            return new Heir();
        }

        @Bean
        ByProvider byProvider() {
            return new ByProvider();
        }

        @Bean
        ByLazyProxy byLazyProxy() {
            return new ByLazyProxy();
        }

        @Bean
        Made made(AsyncLogger log) {
            return new Made(log);
        }

        @Bean
        Seen seen() {
            return new Seen();
        }

        @Bean
        Runnable task(AsyncLogger log, Seen seen) {
            return () -> seen.name = log.getName();
        }

        static final class Seen {
            String name;
        }
    }

    static final class ByConstructor {
        final AsyncLogger log;

        ByConstructor(AsyncLogger log) {
            this.log = log;
        }
    }

    static final class ByField {
        @Autowired
        AsyncLogger log;
    }

    static final class ByMethod {
        AsyncLogger log;

        @Autowired
        void setLog(AsyncLogger log) {
            this.log = log;
        }
    }

    abstract static class Parent {
        @Autowired
        AsyncLogger log;
    }

    static final class Heir extends Parent {}

    static final class ByProvider {
        AsyncLogger log;

        @Autowired
        void setLogs(ObjectProvider<AsyncLogger> logs) {
            log = logs.getObject();
        }
    }

    static final class ByLazyProxy {
        @Autowired
        @Lazy
        AsyncLogger log;
    }

    static final class Made {
        final AsyncLogger log;

        Made(AsyncLogger log) {
            this.log = log;
        }
    }
}
