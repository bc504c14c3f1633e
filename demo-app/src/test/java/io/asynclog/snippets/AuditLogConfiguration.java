package io.asynclog.snippets;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class AuditLogConfiguration {
    // tag::named[]
    @Bean(defaultCandidate = false) // other classes keep the loggers of their names
    AsyncLogger auditLog(AsyncLogManager manager) {
        return manager.getLogger("audit");
    }

    @Bean
    Auditor auditor(@Qualifier("auditLog") AsyncLogger log) {
        return new Auditor(log);
    }
    // end::named[]

    record Auditor(AsyncLogger log) {}
}
