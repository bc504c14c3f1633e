package io.asynclog.demo;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the demo.
 *
 * @param auditTimeout How long a payment waits for its audit record to be flushed.
 * @param flushTimeout How long the load generator waits for the sinks to flush what it logged.
 */
@ConfigurationProperties("demo")
public record DemoProperties(
        @DefaultValue("5s") Duration auditTimeout,
        @DefaultValue("60s") Duration flushTimeout) {}
