package io.asynclog.autoconfigure;

import io.asynclog.InvalidOptionException;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The condition of {@link ConditionalOnSwitch}. A value that is neither true nor false stops the start. */
final class OnSwitch extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        MergedAnnotation<ConditionalOnSwitch> wanted = metadata.getAnnotations().get(ConditionalOnSwitch.class);
        String option = wanted.getString("value");
        boolean on = InvalidAsyncLogPropertyException.naming(
                () -> isOn(option, wanted.getBoolean("onByDefault"), context.getEnvironment()));
        return new ConditionOutcome(
                on == wanted.getBoolean("on"),
                ConditionMessage.forCondition(ConditionalOnSwitch.class)
                        .because("'" + AsyncLogProperties.PREFIX + "." + option + "' is " + on));
    }

    private static boolean isOn(String option, boolean byDefault, Environment environment) {
        try {
            return Binder.get(environment)
                    .bind(AsyncLogProperties.PREFIX + "." + option, Boolean.class)
                    .orElse(byDefault);
        } catch (BindException failure) {
            Object value = failure.getProperty() == null
                    ? "unreadable"
                    : String.valueOf(failure.getProperty().getValue());
            throw new InvalidOptionException(
                    option, value, "It is neither true nor false.", "Set it to true or false, or remove it.");
        }
    }
}
