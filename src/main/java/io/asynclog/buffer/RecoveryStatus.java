package io.asynclog.buffer;

import java.nio.file.Path;

/**
 * What was found in the directory of a buffer in mapped files. Grows while what an earlier process left is still being
 * read.
 *
 * @param directory the directory
 * @param directoryLost whether it was deleted while the engine runs
 * @param unfinished records of log calls that had not returned when an earlier process ended; nothing is lost by them
 * @param damaged records that were there and cannot be read any more
 */
public record RecoveryStatus(Path directory, boolean directoryLost, long unfinished, long damaged) {}
