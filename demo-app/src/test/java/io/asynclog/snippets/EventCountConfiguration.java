package io.asynclog.snippets;

import io.asynclog.FlushFunction;
import io.asynclog.LogRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class EventCountConfiguration {
    // tag::count[]
    @Bean
    FlushFunction eventCount(MeterRegistry meters) { // the sink 'eventCount'
        return batch -> {
            for (LogRecord record : batch.oneAtATime()) {
                String level = record.level().name().toLowerCase(Locale.ROOT);
                meters.counter("log.events", "level", level).increment();
            }
        };
    }
    // end::count[]
}
