package io.asynclog.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Leaves a test class out, and says so in one line, where a program that it needs is not installed. With the
 * environment variable {@code REQUIRE_TEST_TOOLS=true} it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ToolCondition.class)
public @interface RequiresTools {
    /** Names of programs, to be found by the PATH. */
    String[] value();
}
