/** What knows Logback, which an application may do without. */
@NullMarked
package io.asynclog.autoconfigure.logback;

import org.jspecify.annotations.NullMarked;
