/**
 * The newest records, kept for whoever looks at them.
 *
 * <p>For users are {@link LogTail}, {@link TailQuery}, {@link TailPage} and {@link TailRecord}. The other public types
 * are for the engine's own packages and may change at any time.
 */
@NullMarked
package io.asynclog.tail;

import org.jspecify.annotations.NullMarked;
