package io.asynclog.tail;

import java.util.List;

/**
 * What the tail answers.
 *
 * @param records the newest records that match, the oldest of them first. Unmodifiable
 * @param next the sequence to ask for records after, next time: everything up to it was looked at
 * @param leftOut how many records up to {@code next} are not here for another reason than not to match: they came too
 *     fast, are not kept any more, or are beyond the limit. Counted from the sequence that was asked for, or else from
 *     the first record here
 */
public record TailPage(List<TailRecord> records, long next, long leftOut) {}
