package io.asynclog.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Opens the channel through which a file is written. Tests put faulty channels in. */
@FunctionalInterface
interface ChannelOpener {
    FileChannel open(Path path) throws IOException;
}
