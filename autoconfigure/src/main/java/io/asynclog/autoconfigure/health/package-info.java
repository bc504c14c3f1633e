/** The health of an engine; needs {@code spring-boot-health} of Spring Boot 4 and no Actuator. */
@NullMarked
package io.asynclog.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
