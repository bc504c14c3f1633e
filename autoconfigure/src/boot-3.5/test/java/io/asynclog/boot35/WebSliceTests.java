package io.asynclog.boot35;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;

/** A class that logs, in a test of the web alone. */
@WebMvcTest
class WebSliceTests {
    @Autowired
    private AsyncLogger log;

    @Autowired
    private ObjectProvider<AsyncLogManager> engine;

    @Test
    void hasALoggerAndNoEngine() {
        assertThat(log.getName()).isEqualTo(WebSliceTests.class.getName());
        assertThat(engine.getIfAvailable()).isNull();
    }

    @SpringBootApplication
    static class Application {}
}
