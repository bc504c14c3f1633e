package io.asynclog.snippets;

import io.asynclog.ErrorHandler;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class EngineErrorsConfiguration {
    final AtomicLong troubles = new AtomicLong();

    // tag::errors[]
    @Bean
    ErrorHandler engineErrors() {
        return (message, cause) -> {
            troubles.incrementAndGet();
            System.err.println("logging: " + message + (cause == null ? "" : ": " + cause));
        };
    }
    // end::errors[]
}
