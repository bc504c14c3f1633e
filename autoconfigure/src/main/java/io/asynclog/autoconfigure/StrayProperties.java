package io.asynclog.autoconfigure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Looks for properties that do not exist where Spring Boot does not: among the system properties, where one that is
 * like ours stops the start as it does elsewhere, and among the environment variables, where one is only warned of.
 * What merely begins like ours may be somebody else's: Kubernetes sets variables for each service, files of properties
 * refer to others, and Maven hands what is set on its command line on to tests.
 */
final class StrayProperties implements BeanFactoryPostProcessor {
    private static final Logger logger = LoggerFactory.getLogger(StrayProperties.class);

    private static final ConfigurationPropertyName SINKS =
            ConfigurationPropertyName.of(AsyncLogProperties.PREFIX + ".sinks");
    private static final String SINKS_VARIABLE = variable(SINKS + ".");
    private static final int SINK_ELEMENTS = SINKS.getNumberOfElements() + 1;

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // Nothing is injected into a bean that comes this early.
        ConfigurableEnvironment environment = beanFactory.getBean(
                ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, ConfigurableEnvironment.class);
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                instanceof EnumerablePropertySource<?> variables) {
            warnOfStrayVariables(variables, environment);
            warnOfStrayVariablesWithDots(variables);
        }
        if (sources.get(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
                instanceof EnumerablePropertySource<?> properties) {
            refuseOrWarnOfStrayProperties(properties);
        }
    }

    private static void warnOfStrayVariables(
            EnumerablePropertySource<?> variables, ConfigurableEnvironment environment) {
        namesLikeOurs(variables, '_').forEach(variable -> {
            ConfigurationPropertyName name = ConfigurationPropertyName.adapt(variable, '_');
            if (!exists(name, true) && !isOfSink(variable, namesOfSinks(environment))) {
                warn("Environment variable", variable, hintForVariable(name));
            }
        });
    }

    /** Spring Boot also finds a variable by a name with dashes that another source spells, each as an underscore. */
    private static boolean isOfSink(String variable, Set<String> sinks) {
        return sinks.stream().anyMatch(sink -> PropertyNames.ofSink().stream()
                .map(option -> (SINKS_VARIABLE + sink + "_" + option.replace('.', '_')).replace('-', '_'))
                .anyMatch(variable::equalsIgnoreCase));
    }

    /** Returns the names that sinks have in the properties, as they are spelled there. */
    private static Set<String> namesOfSinks(ConfigurableEnvironment environment) {
        Set<String> names = new LinkedHashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(SINKS::isAncestorOf)
                        .map(name -> name.getElement(SINK_ELEMENTS - 1, Form.ORIGINAL))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static String hintForVariable(ConfigurationPropertyName name) {
        if (SINKS.isAncestorOf(name)) {
            return " Those of sinks are ASYNCLOG_SINKS_<name>_<option>, of the name its letters and digits alone.";
        }
        String closest = PropertyNames.closestTo(name.toString());
        return closest == null ? "" : " Did you mean '" + variable(closest) + "'?";
    }

    /** No shell sets these, but Docker and Kubernetes do; Spring Boot reads them as it does any other property. */
    private static void warnOfStrayVariablesWithDots(EnumerablePropertySource<?> variables) {
        namesLikeOurs(variables, '.').forEach(variable -> {
            ConfigurationPropertyName name = ConfigurationPropertyName.adapt(variable, '.');
            if (!exists(name, false)) {
                String closest = PropertyNames.closestTo(name.toString());
                warn("Environment variable", variable, closest == null ? "" : " Did you mean '" + closest + "'?");
            }
        });
    }

    private static void refuseOrWarnOfStrayProperties(EnumerablePropertySource<?> properties) {
        Set<ConfigurationProperty> refused = new LinkedHashSet<>();
        namesLikeOurs(properties, '.').forEach(property -> {
            ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
            if (exists(name, false)) {
                return;
            }
            if (SINKS.isAncestorOf(name) || PropertyNames.closestTo(name.toString()) != null) {
                refused.add(new ConfigurationProperty(
                        name,
                        String.valueOf(properties.getProperty(property)),
                        PropertySourceOrigin.get(properties, property)));
            } else {
                warn("System property", property, "");
            }
        });
        if (!refused.isEmpty()) {
            throw new UnboundConfigurationPropertiesException(refused);
        }
    }

    private static void warn(String kind, String name, String hint) {
        logger.warn("{} '{}' sets no property of asynclog.{}", kind, name, hint);
    }

    private static Stream<String> namesLikeOurs(EnumerablePropertySource<?> source, char divider) {
        String begin = AsyncLogProperties.PREFIX + divider;
        return Stream.of(source.getPropertyNames())
                .filter(name -> name.regionMatches(true, 0, begin, 0, begin.length()));
    }

    private static boolean exists(ConfigurationPropertyName name, boolean variable) {
        return isProperty(name, variable, PropertyNames.all())
                || (!SINKS.isAncestorOf(name) // whose options are no lists
                        && isNumber(name.getLastElement(Form.ORIGINAL))
                        && isProperty(name.getParent(), variable, PropertyNames.lists()));
    }

    /** Returns whether an element of a name is the index of a list's element, with or without its brackets. */
    private static boolean isNumber(String element) {
        return element.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** In a variable a dash is left out, or is an underscore like the dots. */
    private static boolean isProperty(ConfigurationPropertyName name, boolean variable, List<String> properties) {
        boolean ofSink = SINKS.isAncestorOf(name) && name.getNumberOfElements() > SINK_ELEMENTS;
        ConfigurationPropertyName own = ofSink ? name.subName(SINK_ELEMENTS) : name;
        return (ofSink ? PropertyNames.ofSink() : properties)
                .stream()
                        .flatMap(known -> variable ? Stream.of(known, known.replace('-', '.')) : Stream.of(known))
                        .anyMatch(known -> own.equals(ConfigurationPropertyName.of(known)));
    }

    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
