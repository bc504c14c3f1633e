package io.asynclog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Mounts of its own for a process: small disks that nobody else sees, and that are gone with it. */
final class Namespace {
    private static final List<String> UNSHARE = List.of("unshare", "--user", "--map-root-user", "--mount");

    private Namespace() {}

    /** Returns whether the system lets this process have such mounts; says so when it does not. */
    static boolean isPermitted() {
        boolean permitted = Boolean.parseBoolean(System.getProperty("fault.namespaces", "true"))
                && exitValue(within("mount -t tmpfs tmpfs /tmp", List.of("true"))) == 0;
        if (!permitted) {
            System.out.println("FaultIT: no mounts in a namespace can be had here, the nearest thing runs instead");
        }
        return permitted;
    }

    /** Returns the command that runs another one behind a line of shell, which mounts things. */
    static List<String> within(String mounts, List<String> command) {
        List<String> all = new ArrayList<>(UNSHARE);
        all.addAll(shell(mounts, command));
        return all;
    }

    /** Returns the command that runs another one, in the same process, behind a line of shell. */
    static List<String> shell(String line, List<String> command) {
        List<String> all = new ArrayList<>(List.of("sh", "-c", "set -e; " + line + "; exec \"$@\"", "sh"));
        all.addAll(command);
        return all;
    }

    static void run(String... command) {
        int exitValue = exitValue(List.of(command));
        if (exitValue != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + exitValue);
        }
    }

    private static int exitValue(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchCommand) {
            return -1;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
