package io.asynclog.tail;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the tail answers.
 *
 * @param records the newest records that match, the oldest of them first. Unmodifiable
 * @param instance the log that they are of, as in {@code LogRecord.instance()}; to ask with, next time. Null before the
 *     first record
 * @param next the sequence to ask for records after, next time: everything up to it was looked at
 * @param leftOut how many records up to {@code next} are not here for another reason than not to match: they came too
 *     fast, are not kept any more, or are beyond the limit. Counted from the sequence that was asked for, or else from
 *     the first record here
 */
public record TailPage(List<TailRecord> records, @Nullable UUID instance, long next, long leftOut) {}
