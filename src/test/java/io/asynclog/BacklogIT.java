package io.asynclog;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A sink that is down for long while the service goes on. */
class BacklogIT {
    private static final long RECORDS = Long.getLong("backlog.records", 10_000_000);

    /** The figures are those of the service itself, which checks them, in its own process. */
    @Test
    void whatASinkThatIsDownHasNotTakenWaitsOnTheDiskAndCostsNeitherMemoryNorTime(
            @TempDir(factory = InBuildFolder.class) Path folder) {
        try (ChildJvm service = ChildJvm.start(
                ChildJvm.command("64m", PatientService.class, folder.resolve("buffer"), RECORDS),
                folder.resolve("output"))) {
            System.out.println(service.awaitEnd(Duration.ofMinutes(10)).strip());
        }
    }

    /** The system's own folder for temporary files may be small, or in memory. */
    static final class InBuildFolder implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
            try {
                Path classes = Path.of(BacklogIT.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                return Files.createTempDirectory(classes.resolveSibling(""), "backlog");
            } catch (URISyntaxException impossible) {
                throw new IOException(impossible);
            }
        }
    }
}
