package io.asynclog.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Tells which property has an impossible value, where it was set, and what to do. */
final class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidAsyncLogPropertyException> {
    private final Environment environment;

    InvalidPropertyFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidAsyncLogPropertyException cause) {
        ConfigurationProperty set = find(cause.property());
        StringBuilder description = new StringBuilder("Property '")
                .append(cause.property())
                .append("' cannot have the value '")
                .append(set == null ? cause.value() : set.getValue())
                .append('\'');
        if (set != null && set.getOrigin() != null) {
            description.append(" (from ").append(set.getOrigin()).append(')');
        }
        description.append(":\n\n").append(cause.reason());
        return new FailureAnalysis(description.toString(), cause.action(), cause);
    }

    private @Nullable ConfigurationProperty find(String property) {
        if (!ConfigurationPropertyName.isValid(property)) {
            return null; // the name of a sink may have any characters
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty found = source.getConfigurationProperty(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
