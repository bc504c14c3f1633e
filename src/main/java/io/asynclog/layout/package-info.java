/** The forms in which a record is written out: text patterns and JSON. */
@NullMarked
package io.asynclog.layout;

import org.jspecify.annotations.NullMarked;
