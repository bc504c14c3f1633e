package io.asynclog.sink;

import io.asynclog.internal.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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
    /** Has the folder away from when a file is closed until one is opened, which is when it is renamed. */
    boolean renameFails;

    int opened;
    int closed;
    int forced;
    int foldersForced;
    Runnable beforeWrite = () -> {};
    /** Runs before anything is done to a file. */
    Runnable beforeEffect = () -> {};

    private @Nullable Path folder;
    private @Nullable Path away;

    @Override
    public FileChannel open(Path path) throws IOException {
        if (openFails) {
            throw new IOException("No such device");
        }
        beforeEffect.run();
        opened++;
        if (away != null) {
            Files.delete(path.getParent());
            Files.move(away, path.getParent());
            away = null;
        }
        folder = path.getParent();
        return new FaultyChannel(PrivateFiles.append(path), this);
    }

    void onClosed() throws IOException {
        closed++;
        if (renameFails && folder != null) {
            away = Files.move(folder, folder.resolveSibling("away"));
            Files.createFile(folder);
        }
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
