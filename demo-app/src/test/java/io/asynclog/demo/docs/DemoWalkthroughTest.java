package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.demo.DemoClient;
import io.asynclog.demo.DemoTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

/** Runs the curl lines of docs/demo.md, in their order, and expects the status behind each. */
@DemoTest
@DirtiesContext(classMode = ClassMode.BEFORE_CLASS) // the page's orders are the first ones
class DemoWalkthroughTest {
    @Autowired
    private DemoClient demo;

    @Test
    @DirtiesContext // its load leaves a file that rolls in the midst of what another test logs
    void everyCurlLineAnswersAsItSays() {
        List<CurlLine> lines = Markdown.of("docs/demo.md").blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> CurlLine.of(block).stream())
                .toList();

        assertThat(lines).hasSizeGreaterThan(10);
        for (CurlLine line : lines) {
            line.run(demo);
            if (line.line().contains("mode=none")) {
                demo.mend();
            }
        }
    }
}
