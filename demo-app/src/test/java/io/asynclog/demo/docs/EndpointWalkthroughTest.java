package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.asynclog.demo.DemoClient;
import io.asynclog.demo.DemoTest;
import io.asynclog.demo.docs.Markdown.Block;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

/** Runs the walk-through of docs/endpoint.md, and compares each answer that it shows with the one that comes. */
@DemoTest
@DirtiesContext(classMode = ClassMode.BEFORE_CLASS) // its order is the first one, and nobody has logged before
class EndpointWalkthroughTest {
    /** Stands in an answer for fields that are left out. */
    private static final String REST = "...";

    @Autowired
    private DemoClient demo;

    @Test
    void everyAnswerIsAsItIsShown() {
        DemoClient.Answer last = null;
        int compared = 0;
        for (Block block : Markdown.of("docs/endpoint.md").blocks()) {
            if (block.language().equals("sh")) {
                for (CurlLine line : CurlLine.of(block)) {
                    last = line.run(demo);
                }
            } else if (block.language().equals("json")) {
                assertThat(last).as("a request before %s", block.code()).isNotNull();
                compare("", parse(block.code().replace(REST, "\"" + REST + "\":0")), parse(last.body()));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    private static Map<?, ?> parse(String json) {
        return JsonPath.parse(json).read("$");
    }

    private static void compare(String path, Map<?, ?> shown, Map<?, ?> real) {
        if (shown.containsKey(REST)) {
            assertThat(real.size()).as("fields of %s", path).isGreaterThanOrEqualTo(shown.size());
        } else {
            assertThat(real.keySet()).as("fields of %s", path).isEqualTo(shown.keySet());
        }
        shown.forEach((name, value) -> {
            if (value instanceof Map<?, ?> children) {
                assertThat(real.get(name)).as(path + "." + name).isInstanceOf(Map.class);
                compare(path + "." + name, children, (Map<?, ?>) real.get(name));
            } else if (!name.equals(REST)) {
                assertThat(real.containsKey(name)).as(path + "." + name).isTrue();
                assertThat((Object) real.get(name)).as(path + "." + name).isEqualTo(value);
            }
        });
    }
}
