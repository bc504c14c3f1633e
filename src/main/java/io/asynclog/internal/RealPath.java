package io.asynclog.internal;

import java.io.IOException;
import java.nio.file.Path;

/** Tells whether two paths lead to the same file. */
public final class RealPath {
    private RealPath() {}

    /**
     * Returns where a path leads to, through links among its folders too. The file need not be there yet, unless the
     * path itself is a link to it.
     */
    public static Path of(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThereYet) {
            Path absolute = path.toAbsolutePath();
            Path folder = absolute.getParent();
            return folder == null
                    ? absolute
                    : of(folder).resolve(absolute.getFileName()).normalize();
        }
    }
}
