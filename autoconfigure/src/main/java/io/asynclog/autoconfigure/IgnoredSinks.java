package io.asynclog.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

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
        new SinkBeans(beanFactory, "")
                .names().stream()
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
        add("buffer", AsyncLogProperties::buffer, above, ignored);
        add("ack", AsyncLogProperties::ack, above, ignored);
        add("max-record-size", AsyncLogProperties::maxRecordSize, above, ignored);
        add("masked-keys", AsyncLogProperties::maskedKeys, above, ignored);
        add("console", AsyncLogProperties::console, above, ignored);
        add("file", AsyncLogProperties::file, above, ignored);
        Map<String, AsyncLogProperties.Sink> sinksAbove = above.sinks();
        properties.sinks().forEach((name, sink) -> {
            if (!sink.equals(sinksAbove.get(name))) {
                ignored.add("asynclog.sinks." + name);
            }
        });
        add("dead-letter", AsyncLogProperties::deadLetter, above, ignored);
        add("logback", AsyncLogProperties::logback, above, ignored);
        add("shutdown-timeout", AsyncLogProperties::shutdownTimeout, above, ignored);
    }

    private void add(
            String name,
            Function<AsyncLogProperties, @Nullable Object> value,
            AsyncLogProperties above,
            List<String> ignored) {
        if (!Objects.equals(value.apply(properties), value.apply(above))) {
            ignored.add(AsyncLogProperties.PREFIX + "." + name);
        }
    }
}
