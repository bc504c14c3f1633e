package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.demo.DemoClient;
import io.asynclog.demo.DemoTest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Compares the reference with the demo on a buffer in files. */
@DemoTest
@TestPropertySource(properties = "asynclog.buffer.directory=target/test-buffers/${random.uuid}")
class RecoveryReferenceTest {
    @Autowired
    private DemoClient demo;

    @Test
    void everyFieldOfTheRecoveryIsThere() {
        Set<String> documented = new TreeSet<>();
        Markdown.of("docs/reference.md")
                .rows("Recovery")
                .forEach(row -> documented.add(Markdown.codes(row.get(0)).get(0).split("\\.", -1)[1]));

        Map<?, ?> recovery = demo.get("/actuator/asynclog").members("$.recovery");
        assertThat(recovery.keySet()).extracting(String::valueOf).containsExactlyInAnyOrderElementsOf(documented);
        assertThat(demo.get("/actuator/asynclog").members("$.buffer").get("storage"))
                .isEqualTo("mapped");
    }
}
