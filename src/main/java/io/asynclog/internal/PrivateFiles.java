package io.asynclog.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files and directories that are accessible to owner and group only, from the moment of their creation. */
public final class PrivateFiles {
    private static final FileAttribute<?> FILE = permissions("rw-r-----");
    private static final FileAttribute<?> DIRECTORY = permissions("rwxr-x---");

    private PrivateFiles() {}

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    /** Opens a file for reading and writing, created where need be. */
    public static FileChannel open(Path file) throws IOException {
        return open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /**
     * Opens a file for appending, created where need be. Folders that are missing are those of the system, with its
     * permissions: other files of the application may come to lie there.
     */
    public static FileChannel append(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectories(folder);
        }
        return open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    /**
     * Creates a file for writing.
     *
     * @throws FileAlreadyExistsException when there is one
     */
    public static FileChannel create(Path file) throws IOException {
        return open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    private static FileChannel open(Path file, Set<OpenOption> options) throws IOException {
        return isPosix(file) ? FileChannel.open(file, options, FILE) : FileChannel.open(file, options);
    }

    /** Creates a directory with those above it, where need be. */
    public static void createDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (isPosix(directory)) {
            Files.createDirectories(directory, DIRECTORY);
        } else {
            Files.createDirectories(directory);
        }
    }

    /** Makes the name of a file in its folder last beyond the machine; not every system knows such a thing. */
    public static void forceFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
