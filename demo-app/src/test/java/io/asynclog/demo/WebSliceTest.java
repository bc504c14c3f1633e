package io.asynclog.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A controller that logs, in a test of the web alone: the demo has options for a sink that is not there then. */
@WebMvcTest(WebSliceTest.GreetingController.class)
@Import(WebSliceTest.GreetingController.class)
@ExtendWith(OutputCaptureExtension.class)
class WebSliceTest {
    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private ObjectProvider<AsyncLogManager> engine;

    @Test
    void aControllerThatLogsIsAnsweredWithoutAnEngine(CapturedOutput output) {
        assertThat(mvc.get().uri("/greeting")).hasStatusOk().hasBodyTextEqualTo("hello");
        assertThat(output).containsPattern("WebSliceTest\\$GreetingController *: Somebody is greeted");
        assertThat(engine.getIfAvailable()).isNull();
    }

    @RestController
    static class GreetingController {
        private final AsyncLogger log;

        GreetingController(AsyncLogger log) {
            this.log = log;
        }

        @GetMapping("/greeting")
        String greet() {
            log.info("{} is greeted", "Somebody");
            return "hello";
        }
    }
}
