/**
 * The forms in which a record is written out: text patterns and JSON.
 *
 * <p>For users, whose sinks may write the same lines, are {@link Layout} with its implementations, {@link ByteOutput}
 * and {@link ServiceInfo}. The other public types are for the engine's own packages and may change at any time.
 */
@NullMarked
package io.asynclog.layout;

import org.jspecify.annotations.NullMarked;
