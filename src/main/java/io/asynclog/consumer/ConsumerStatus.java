package io.asynclog.consumer;

import io.asynclog.buffer.BufferStatus;
import java.util.List;

/**
 * The figures of the buffer and of the sinks, taken so that they add up: see {@link SinkStatus}.
 *
 * @param buffer the buffer's figures
 * @param sinks the sinks' figures, in the order of their registration
 */
public record ConsumerStatus(BufferStatus buffer, List<SinkStatus> sinks) {}
