package io.asynclog.demo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * Runs the demo as it is, but with files of its own, less patience with a sink that hangs, and more with a machine that
 * is slow. The audit sink is mended after each test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "asynclog.file.path=target/test-logs/${random.uuid}/demo.log",
            "asynclog.dead-letter.path=target/test-logs/dead-letters.jsonl",
            "asynclog.sinks.audit.flush-timeout=500ms",
            "asynclog.sinks.audit.retry.max-delay=200ms",
            "demo.audit-timeout=10s"
        })
@Import(DemoClient.class)
@ExtendWith(MendAfterEach.class)
public @interface DemoTest {}
