package io.asynclog.autoconfigure;

import io.asynclog.FlushFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;

/** The sinks of the application: its beans of type {@link FlushFunction}, by bean name. */
final class SinkBeans implements Supplier<Map<String, FlushFunction>> {
    private final ConfigurableListableBeanFactory beanFactory;

    SinkBeans(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /** Returns their names. Creates no sink: a sink may depend on a logger, and so on what is being created right now. */
    List<String> names() {
        return List.of(beanFactory.getBeanNamesForType(FlushFunction.class, true, false));
    }

    /** Has Spring destroy a bean before any sink. */
    void areUsedBy(String beanName) {
        names().forEach(sink -> beanFactory.registerDependentBean(sink, beanName));
    }

    /** Creates the sinks that are not there yet. */
    @Override
    public Map<String, FlushFunction> get() {
        try {
            return SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, FlushFunction.class);
        } catch (BeanCreationNotAllowedException contextFailedToStart) {
            return existing();
        }
    }

    /** Returns the sinks that were created before the context gave up; the others pass over what was logged so far. */
    private Map<String, FlushFunction> existing() {
        Map<String, FlushFunction> sinks = new LinkedHashMap<>();
        for (String name : names()) {
            sinks.put(name, beanFactory.getSingleton(name) instanceof FlushFunction sink ? sink : batch -> {});
        }
        return sinks;
    }
}
