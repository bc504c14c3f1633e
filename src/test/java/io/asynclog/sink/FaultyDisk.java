package io.asynclog.sink;

import io.asynclog.internal.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Opens channels to real files that fail as a test asks. */
final class FaultyDisk implements ChannelOpener {
    static final long ENDLESS = Long.MAX_VALUE / 2;

    /** Bytes that can still be written. */
    long room = ENDLESS;

    /** The most bytes that one call takes. */
    int longestWrite = Integer.MAX_VALUE;

    boolean openFails;
    boolean truncateFails;
    boolean forceFails;
    boolean forceFolderFails;
    int opened;
    int closed;
    int forced;
    int foldersForced;
    Runnable beforeWrite = () -> {};
    /** Runs before anything is done to a file. */
    Runnable beforeEffect = () -> {};

    @Override
    public FileChannel open(Path path) throws IOException {
        if (openFails) {
            throw new IOException("No such device");
        }
        beforeEffect.run();
        opened++;
        return new FaultyChannel(PrivateFiles.append(path), this);
    }

    @Override
    public void forceFolder(Path path) throws IOException {
        if (forceFolderFails) {
            throw new IOException("Input/output error");
        }
        foldersForced++;
        PrivateFiles.forceFolder(path);
    }
}
