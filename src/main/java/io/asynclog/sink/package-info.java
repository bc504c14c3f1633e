/**
 * The built-in sinks: console, rolling file and the dead-letter file.
 *
 * <p>For users are {@link ConsoleOptions}, {@link FileOptions}, {@link LineFormat} and {@link RollingFileSink}. The
 * other public types are for the engine's own packages and may change at any time.
 */
@NullMarked
package io.asynclog.sink;

import org.jspecify.annotations.NullMarked;
