/** A small order service that logs through asynclog. */
@NullMarked
package io.asynclog.demo;

import org.jspecify.annotations.NullMarked;
