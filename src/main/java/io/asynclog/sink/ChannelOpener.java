package io.asynclog.sink;

import io.asynclog.internal.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Opens the channel through which a file is written. Tests put faulty channels in. */
@FunctionalInterface
interface ChannelOpener {
    FileChannel open(Path path) throws IOException;

    /** Makes the name of a file that was opened last beyond the machine. */
    default void forceFolder(Path path) throws IOException {
        PrivateFiles.forceFolder(path);
    }
}
