package io.asynclog.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Warns of what a context has for an engine that is not its own but that of a context above: sinks, and properties that
 * are not the same there.
 */
final class IgnoredSinks implements SmartInitializingSingleton {
    private static final Logger logger = LoggerFactory.getLogger(IgnoredSinks.class);

    private final AsyncLogProperties properties;
    private final ConfigurableListableBeanFactory beanFactory;

    IgnoredSinks(AsyncLogProperties properties, ConfigurableListableBeanFactory beanFactory) {
        this.properties = properties;
        this.beanFactory = beanFactory;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> ignored = new ArrayList<>();
        SinkBeans.names(beanFactory).stream()
                .filter(beanFactory::containsLocalBean)
                .forEach(name -> ignored.add("sink '" + name + "'"));
        AsyncLogProperties above = propertiesAbove();
        if (above != null) {
            addProperties(above, ignored);
        }
        if (!ignored.isEmpty()) {
            logger.warn(
                    "The engine of asynclog is that of the context above this one, with the sinks of that. Ignored here: {}."
                            + " Move them to that context",
                    String.join(", ", ignored));
        }
    }

    /** Returns null where the engine above was not made by properties. */
    private @Nullable AsyncLogProperties propertiesAbove() {
        BeanFactory above = beanFactory.getParentBeanFactory();
        return above == null
                ? null
                : above.getBeanProvider(AsyncLogProperties.class).getIfUnique();
    }

    private void addProperties(AsyncLogProperties above, List<String> ignored) {
        for (RecordComponent property : AsyncLogProperties.class.getRecordComponents()) {
            String name = AsyncLogProperties.PREFIX + "." + PropertyNames.dashed(property.getName());
            switch (property.getName()) {
                case "enabled" -> {} // it is the child's own: whether its loggers are those of the engine
                case "sinks" -> addSinks(name, above.sinks(), ignored);
                default -> {
                    if (!Objects.equals(valueOf(property, properties), valueOf(property, above))) {
                        ignored.add(name);
                    }
                }
            }
        }
    }

    private void addSinks(String prefix, Map<String, AsyncLogProperties.Sink> above, List<String> ignored) {
        properties.sinks().forEach((name, sink) -> {
            if (!sink.equals(above.get(name))) {
                ignored.add(prefix + "." + name);
            }
        });
    }

    private static @Nullable Object valueOf(RecordComponent property, AsyncLogProperties of) {
        return ReflectionUtils.invokeMethod(property.getAccessor(), of);
    }
}
