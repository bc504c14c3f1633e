/** The newest records, kept for whoever looks at them. */
@NullMarked
package io.asynclog.tail;

import org.jspecify.annotations.NullMarked;
