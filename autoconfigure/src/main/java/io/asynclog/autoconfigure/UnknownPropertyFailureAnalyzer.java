package io.asynclog.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells which property of ours does not exist and which one may have been meant. Comes before Boot's, which cannot
 * know. One that is empty, where nothing is no value for it, Spring Boot takes for one that does not exist.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1000)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(AsyncLogProperties.PREFIX);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        List<ConfigurationProperty> unknown = cause.getUnboundProperties().stream()
                .filter(property -> PREFIX.isAncestorOf(property.getName()))
                .collect(Collectors.toList());
        if (unknown.isEmpty()) {
            return null;
        }
        String description = unknown.stream().map(this::describe).collect(Collectors.joining("\n"));
        String action = unknown.stream().map(this::mend).collect(Collectors.joining("\n"));
        return new FailureAnalysis(description, action, cause);
    }

    private String describe(ConfigurationProperty property) {
        String origin = property.getOrigin() == null ? "" : " (from " + property.getOrigin() + ")";
        if (isEmpty(property)) {
            return "Property '" + property.getName() + "' has no value" + origin + ".";
        }
        return "There is no property '" + property.getName() + "', which is set to '" + property.getValue() + "'"
                + origin + ".";
    }

    private static boolean isEmpty(ConfigurationProperty property) {
        return String.valueOf(property.getValue()).isBlank()
                && PropertyNames.contains(property.getName().toString());
    }

    private String mend(ConfigurationProperty property) {
        if (isEmpty(property)) {
            return "Give '" + property.getName() + "' a value, or remove it.";
        }
        String closest = PropertyNames.closestTo(property.getName().toString());
        return closest == null
                ? "Remove '" + property.getName() + "'."
                : "Did you mean '" + closest + "'? Correct '" + property.getName() + "' or remove it.";
    }
}
