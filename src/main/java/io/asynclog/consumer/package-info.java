/** The loops that carry records from the buffer to the sinks, with retry and the completion of futures. */
@NullMarked
package io.asynclog.consumer;

import org.jspecify.annotations.NullMarked;
