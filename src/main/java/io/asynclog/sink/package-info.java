/** The built-in sinks: console, rolling file and the dead-letter file. */
@NullMarked
package io.asynclog.sink;

import org.jspecify.annotations.NullMarked;
