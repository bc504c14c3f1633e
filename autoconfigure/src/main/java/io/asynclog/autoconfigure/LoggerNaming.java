package io.asynclog.autoconfigure;

import java.lang.reflect.Member;
import java.lang.reflect.Method;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Finds the name for a logger: that of the class it is injected into. A parameter of a {@code @Bean} method is for the
 * bean, so the logger is named after the class of the bean, or, when the method returns no more than an interface,
 * after the class that has the method. A logger that is looked up is named after the application.
 */
@Configuration(proxyBeanMethods = false)
class LoggerNaming {
    private static final String CALLER_BEAN = "asyncLogCaller";
    private static final String NAMELESS_APPLICATION = "application";

    private final BeanFactory beanFactory;
    private final Environment environment;

    LoggerNaming(BeanFactory beanFactory, Environment environment) {
        this.beanFactory = beanFactory;
        this.environment = environment;
    }

    /** A bean of its own, for an injection point is only given to a bean that cannot do without one. */
    @Bean(name = CALLER_BEAN, autowireCandidate = false)
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    Caller asyncLogCaller(InjectionPoint point) {
        return new Caller(callerOf(point));
    }

    /** Returns the name for a logger that is being injected, or looked up, right now. */
    String currentName() {
        try {
            return beanFactory.getBean(CALLER_BEAN, Caller.class).type().getName();
        } catch (BeanCreationException lookedUp) {
            String application = environment.getProperty("spring.application.name", "");
            return application.isEmpty() ? NAMELESS_APPLICATION : application;
        }
    }

    private static Class<?> callerOf(InjectionPoint point) {
        Member member = point.getMember();
        if (member instanceof Method method) {
            Class<?> returned = method.getReturnType();
            if (AnnotatedElementUtils.hasAnnotation(method, Bean.class) && !returned.isInterface()) {
                return returned;
            }
        }
        return ClassUtils.getUserClass(member.getDeclaringClass());
    }

    /**
     * Who a logger is for.
     *
     * @param type the class
     */
    record Caller(Class<?> type) {}
}
