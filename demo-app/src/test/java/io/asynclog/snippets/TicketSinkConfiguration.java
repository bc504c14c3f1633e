package io.asynclog.snippets;

// tag::sink[]
import io.asynclog.FlushFunction;
import io.asynclog.LogRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class TicketSinkConfiguration {
    @Bean
    FlushFunction ticketSink(Tickets tickets) { // the sink 'ticketSink': its level is a property, as below
        return batch -> {
            for (LogRecord record : batch) {
                tickets.open(record.sequence(), record.message());
            }
        };
    }
}
// end::sink[]
