/** The health of an engine in the classes of Spring Boot 3.5. Spring Boot 4 has them elsewhere. */
@NullMarked
package io.asynclog.boot35;

import org.jspecify.annotations.NullMarked;
