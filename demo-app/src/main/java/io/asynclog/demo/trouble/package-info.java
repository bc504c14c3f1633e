/** The profile {@code trouble}: a sink that slows, fails and recovers by turns, and a load for it to be late with. */
@NullMarked
package io.asynclog.demo.trouble;

import org.jspecify.annotations.NullMarked;
