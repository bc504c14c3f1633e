package io.asynclog.demo.trouble;

import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@Profile("trouble")
@EnableScheduling
class TroubleConfiguration {
    @Bean
    FlushFunction shaky() {
        return new ShakySink(InstantSource.system(), time -> Thread.sleep(time.toMillis()));
    }

    @Bean
    BackgroundLoad backgroundLoad(AsyncLogger log) {
        return new BackgroundLoad(log);
    }
}
