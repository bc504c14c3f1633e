package io.asynclog.buffer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files and directories that are accessible to owner and group only, from the moment of their creation. */
final class PrivateStorage {
    private static final FileAttribute<?> FILE = permissions("rw-r-----");
    private static final FileAttribute<?> DIRECTORY = permissions("rwxr-x---");
    private static final Set<OpenOption> READ_WRITE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private PrivateStorage() {}

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Opens a file for reading and writing, created where need be. */
    static FileChannel open(Path file) throws IOException {
        return isPosix(file) ? FileChannel.open(file, READ_WRITE, FILE) : FileChannel.open(file, READ_WRITE);
    }

    /** Creates a directory with those above it, where need be. */
    static void createDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (isPosix(directory)) {
            Files.createDirectories(directory, DIRECTORY);
        } else {
            Files.createDirectories(directory);
        }
    }
}
