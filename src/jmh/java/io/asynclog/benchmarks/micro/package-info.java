/** JMH benchmarks of single stations of a record's way. Run by {@link io.asynclog.benchmarks.MicroBenchmarks}. */
@NullMarked
package io.asynclog.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
