/** The append-only log of records: segments, the byte layout of a record, cursors and overflow. */
@NullMarked
package io.asynclog.buffer;

import org.jspecify.annotations.NullMarked;
