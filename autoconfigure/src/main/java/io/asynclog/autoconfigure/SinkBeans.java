package io.asynclog.autoconfigure;

import io.asynclog.FlushFunction;
import io.asynclog.SinkSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.SingletonBeanRegistry;

/**
 * The sinks of the application: the beans of type {@link FlushFunction} that Spring would inject, by bean name. Those
 * of the contexts above count, too; one that is no autowire candidate is a part of somebody's and no sink.
 */
final class SinkBeans implements SinkSource {
    private final ConfigurableListableBeanFactory beanFactory;
    private final String dependent;

    /**
     * Creates the sinks of a context.
     *
     * @param dependent the bean that Spring is to destroy before any sink
     */
    SinkBeans(ConfigurableListableBeanFactory beanFactory, String dependent) {
        this.beanFactory = beanFactory;
        this.dependent = dependent;
    }

    /**
     * Returns the names of a context's sinks. Creates no sink: a sink may depend on a logger, and so on what is being
     * created right now.
     */
    static List<String> names(ConfigurableListableBeanFactory beanFactory) {
        return names(beanFactory, false);
    }

    /**
     * Has Spring destroy the dependent before the sinks, also in a context that fails to start. A sink that itself
     * comes after other beans follows when it is there: one of those may need a logger, which Spring would take for a
     * circle.
     */
    void registerDependent() {
        names(beanFactory).stream().filter(name -> !comesAfterOthers(name)).forEach(this::registerDependentOf);
    }

    private void registerDependentOf(String sink) {
        beanFactory.registerDependentBean(sink, dependent);
    }

    /** Creates the sinks that are not there yet; in a context that fails to start, Spring creates none and throws. */
    @Override
    public Map<String, FlushFunction> all() {
        Map<String, FlushFunction> sinks = new LinkedHashMap<>();
        for (String name : names(beanFactory, true)) {
            if (beanFactory.getBean(name) instanceof FlushFunction sink) { // no bean, if its method returned null
                sinks.put(name, sink);
                registerDependentOf(name);
            }
        }
        return sinks;
    }

    @Override
    public Map<String, FlushFunction> existing() {
        Map<String, FlushFunction> sinks = new LinkedHashMap<>();
        for (String name : names(beanFactory)) {
            if (singleton(name) instanceof FlushFunction sink) {
                sinks.put(name, sink);
            }
        }
        return sinks;
    }

    /**
     * Returns the names of all sinks.
     *
     * @param mayCreateFactories whether a factory bean that hides what it makes may be created to be asked
     */
    private static List<String> names(ConfigurableListableBeanFactory beanFactory, boolean mayCreateFactories) {
        return Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                        beanFactory, FlushFunction.class, true, mayCreateFactories))
                .filter(name -> isAutowireCandidate(definition(beanFactory, name)))
                .toList();
    }

    private static boolean isAutowireCandidate(@Nullable BeanDefinition definition) {
        return definition == null || definition.isAutowireCandidate();
    }

    private boolean comesAfterOthers(String name) {
        BeanDefinition definition = definition(beanFactory, name);
        return definition != null && definition.getDependsOn() != null;
    }

    /** Returns the definition of a bean, or null when it was registered as an object. */
    private static @Nullable BeanDefinition definition(ConfigurableListableBeanFactory beanFactory, String name) {
        try {
            return beanFactory.getMergedBeanDefinition(name);
        } catch (NoSuchBeanDefinitionException registeredAsObject) {
            return null;
        }
    }

    /** Returns a bean if it is there, or null; only the factory that has the bean's definition knows. */
    private @Nullable Object singleton(String name) {
        @Nullable BeanFactory owner = beanFactory;
        while (owner instanceof HierarchicalBeanFactory child && !child.containsLocalBean(name)) {
            owner = child.getParentBeanFactory();
        }
        return owner instanceof SingletonBeanRegistry singletons ? singletons.getSingleton(name) : null;
    }
}
