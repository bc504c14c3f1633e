package io.asynclog.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/**
 * {@link Conditional @Conditional} that matches where a property of ours is on, or off. It is read as the binder reads
 * it: Spring Boot's own condition knows the texts {@code true} and {@code false} alone, and neither the {@code yes} nor
 * the {@code 0} of environment variables, so that none of two opposite ones would match.
 *
 * <p>Public for the auto-configurations in the packages below.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnSwitch.class)
public @interface ConditionalOnSwitch {
    /** The name of the property, without the prefix. */
    String value();

    /** Whether it has to be on. */
    boolean on() default true;

    /** Whether it is on where it is not set, or empty. */
    boolean onByDefault();
}
