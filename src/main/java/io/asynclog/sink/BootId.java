package io.asynclog.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells one run of the machine from another, and with it the end of a process from a loss of power. */
final class BootId {
    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /** Returns what stays the same until the machine starts again, or null where the system does not tell. */
    static @Nullable String current() {
        try {
            String id = Files.readString(LINUX).strip();
            return id.isEmpty() ? null : id;
        } catch (IOException notLinux) {
            return null;
        }
    }
}
