package io.asynclog.autoconfigure.transaction;

import io.asynclog.AsyncLogger;
import javax.sql.DataSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement(proxyTargetClass = true)
class ShopConfiguration {
    @Bean
    FragileDataSource dataSource() {
        return new FragileDataSource();
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    Shop shop(
            FragileDataSource dataSource,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            AsyncLogger log) {
        return new Shop(dataSource, transactions, events, log);
    }
}
