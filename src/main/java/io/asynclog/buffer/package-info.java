/**
 * The append-only log of records: segments, the byte layout of a record, cursors and overflow.
 *
 * <p>For users are {@link AsyncBuffer} with its constructor and status, {@link BufferOptions}, {@link OverflowPolicy},
 * {@link BufferStatus} and {@link RecoveryStatus}. The other public types are for the engine's own packages and may
 * change at any time.
 */
@NullMarked
package io.asynclog.buffer;

import org.jspecify.annotations.NullMarked;
