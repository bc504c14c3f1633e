package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Prometheus' own tool checks and tests the alert rules. Left out, in a line that says so, where it is not installed;
 * with the environment variable {@code REQUIRE_TEST_TOOLS=true} that is a failure.
 */
class PromtoolIT {
    @BeforeAll
    static void requirePromtool() {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        if (installed) {
            return;
        }
        String leftOut = "PromtoolIT is left out: promtool is not installed (Debian: apt-get install prometheus)";
        assertThat(System.getenv("REQUIRE_TEST_TOOLS")).as(leftOut).isNotEqualTo("true");
        System.out.println(leftOut);
        abort(leftOut);
    }

    @Test
    void theRulesAreValid() throws Exception {
        assertThat(promtool("check", "rules", "asynclog-alerts.yaml")).contains("SUCCESS", "rules found");
    }

    @Test
    void theRulesFireWhenTheyShould() throws Exception {
        assertThat(promtool("test", "rules", "asynclog-alerts-test.yaml")).contains("SUCCESS");
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command)
                .directory(Markdown.ROOT.resolve("docs/monitoring").toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
