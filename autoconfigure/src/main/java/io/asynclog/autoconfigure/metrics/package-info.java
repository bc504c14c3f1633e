/** The meters of an engine; needs Micrometer and no Actuator. */
@NullMarked
package io.asynclog.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
