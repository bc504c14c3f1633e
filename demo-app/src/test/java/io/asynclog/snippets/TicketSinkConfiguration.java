package io.asynclog.snippets;

// tag::sink[]
import io.asynclog.FlushFunction;
import io.asynclog.LogRecord;
import org.slf4j.event.Level;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class TicketSinkConfiguration {
    @Bean
    FlushFunction ticketSink(Tickets tickets) { // the sink 'ticketSink'
        return batch -> {
            for (LogRecord record : batch) {
                if (record.level() == Level.ERROR) {
                    tickets.open(record.sequence(), record.message());
                }
            }
        };
    }
}
// end::sink[]
