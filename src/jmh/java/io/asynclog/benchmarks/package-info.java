/** Measures asynclog beside its peers. */
@NullMarked
package io.asynclog.benchmarks;

import org.jspecify.annotations.NullMarked;
