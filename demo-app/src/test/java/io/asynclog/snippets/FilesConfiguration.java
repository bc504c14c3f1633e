package io.asynclog.snippets;

import io.asynclog.ErrorHandler;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.RollingFileSink;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class FilesConfiguration {
    // tag::second[]
    @Bean
    RollingFileSink errorFile(@Value("${errors.path}") String path) { // the sink 'errorFile'; Spring closes it
        FileOptions options = FileOptions.to(Path.of(path)).withMaxHistory(90);
        return new RollingFileSink(options, ErrorHandler.toStandardError());
    }
    // end::second[]

    // tag::routed[]
    @Bean
    AuditFile auditFile(@Value("${audit.path}") String path) { // the sink 'auditFile'; Spring closes it
        return new AuditFile(Path.of(path));
    }
    // end::routed[]
}
