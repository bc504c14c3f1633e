package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An application with the class path of its test, in a JVM of its own. */
public final class ApplicationProcess {
    private ApplicationProcess() {}

    /** Runs an application to its end, which must have this exit code, and returns the lines that it printed. */
    public static List<String> run(Path folder, int exitCode, Class<?> application, String... arguments)
            throws Exception {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                application.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(exitCode);
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }
}
