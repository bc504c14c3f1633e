/** Puts an engine into a Spring Boot application: beans, properties and lifecycle. */
@NullMarked
package io.asynclog.autoconfigure;

import org.jspecify.annotations.NullMarked;
