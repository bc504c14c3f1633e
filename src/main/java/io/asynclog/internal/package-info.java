/** What several packages of the engine need and no user: may change at any time. */
@NullMarked
package io.asynclog.internal;

import org.jspecify.annotations.NullMarked;
