package io.asynclog.consumer;

import io.asynclog.FlushFunction;

/**
 * A sink as the consumer runs it.
 *
 * @param name its name, unique among the sinks of an engine
 * @param function what writes the records out
 * @param options how it is run
 * @param mayRefuse whether a failure may be a record's fault. It never is for a sink that only writes lines to a
 *     device: then no record is ever given up
 */
public record Sink(String name, FlushFunction function, SinkOptions options, boolean mayRefuse) {}
