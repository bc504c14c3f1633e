package io.asynclog.autoconfigure;

import io.asynclog.FlushFunction;
import io.asynclog.SinkSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;

/** The sinks of the application: its beans of type {@link FlushFunction}, by bean name. */
final class SinkBeans implements SinkSource {
    private final ConfigurableListableBeanFactory beanFactory;

    SinkBeans(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /**
     * Returns their names. Creates no sink: a sink may depend on a logger, and so on what is being created right now.
     */
    List<String> names() {
        return List.of(beanFactory.getBeanNamesForType(FlushFunction.class, true, false));
    }

    /** Has Spring destroy a bean before any sink. */
    void registerDependent(String beanName) {
        names().forEach(sink -> beanFactory.registerDependentBean(sink, beanName));
    }

    /** Creates the sinks that are not there yet; in a context that fails to start, Spring creates none and throws. */
    @Override
    public Map<String, FlushFunction> all() {
        return SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, FlushFunction.class);
    }

    @Override
    public Map<String, FlushFunction> existing() {
        Map<String, FlushFunction> sinks = new LinkedHashMap<>();
        for (String name : names()) {
            if (beanFactory.getSingleton(name) instanceof FlushFunction sink) {
                sinks.put(name, sink);
            }
        }
        return sinks;
    }
}
