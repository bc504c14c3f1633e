/** The health of an engine; needs {@code spring-boot-health} and no Actuator. */
@NullMarked
package io.asynclog.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
