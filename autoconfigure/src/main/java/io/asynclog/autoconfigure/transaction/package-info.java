/** What binds records to Spring's transactions. */
@NullMarked
package io.asynclog.autoconfigure.transaction;

import org.jspecify.annotations.NullMarked;
