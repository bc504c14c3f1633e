package io.asynclog.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.LogShutdownException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** Runs the code that the documentation shows of transactions, on a database. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "asynclog.buffer.directory=target/test-buffers/${random.uuid}",
            "spring.config.location=optional:classpath:/no-such/"
        })
class TransactionSnippetsTest {
    @Autowired
    private OrderBook orders;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private AsyncLogger log;

    @Autowired
    private List<String> audited;

    @Autowired
    private AsyncLogManager manager;

    @Autowired
    private LoggingSystem loggingSystem;

    @Test
    void anOrderIsSaidToBePlacedIfItIs() {
        orders.place("o-1");
        assertThatThrownBy(() -> orders.place("o-1")).isInstanceOf(DuplicateKeyException.class);

        assertThat(log.flushAsync()).succeedsWithin(Duration.ofSeconds(30));
        assertThat(audited).containsSubsequence("Order o-1 is placed", "Order o-1 could not be placed");
    }

    @Test
    @DirtiesContext // it closes the engine
    void aPaymentWhoseAuditRecordCannotBeStoredIsRolledBack() {
        orders.place("o-2");
        orders.pay("o-2");
        assertThat(isPaid("o-2")).isTrue();

        orders.place("o-3");
        manager.close();
        assertThatThrownBy(() -> orders.pay("o-3")).isInstanceOf(LogShutdownException.class);
        assertThat(isPaid("o-3")).isFalse();
    }

    @Test
    void aPaymentWhoseAuditRecordIsBelowTheLevelIsRolledBack() {
        orders.place("o-4");
        loggingSystem.setLogLevel(OrderBook.class.getName(), LogLevel.WARN);
        try {
            assertThatThrownBy(() -> orders.pay("o-4")).isInstanceOf(IllegalStateException.class);
        } finally {
            loggingSystem.setLogLevel(OrderBook.class.getName(), null);
        }
        assertThat(isPaid("o-4")).isFalse();

        orders.pay("o-4");
        assertThat(isPaid("o-4")).isTrue();
    }

    @Test
    void aPaymentWithoutAnEngineIsRolledBack() {
        try (ConfigurableApplicationContext switchedOff = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run("--asynclog.enabled=false", "--spring.config.location=optional:classpath:/no-such/")) {
            OrderBook unaudited = switchedOff.getBean(OrderBook.class);
            unaudited.place("o-5");

            assertThatThrownBy(() -> unaudited.pay("o-5")).isInstanceOf(IllegalStateException.class);
            assertThat(isPaid(switchedOff.getBean(JdbcTemplate.class), "o-5")).isFalse();
        }
    }

    private Boolean isPaid(String order) {
        return isPaid(jdbc, order);
    }

    private static Boolean isPaid(JdbcTemplate jdbc, String order) {
        return jdbc.queryForObject("select paid from orders where id = ?", Boolean.class, order);
    }

    @Configuration
    @EnableAutoConfiguration
    @EnableTransactionManagement
    @Import(OrderBook.class)
    static class Application {
        @Bean
        DataSource dataSource() {
            return new EmbeddedDatabaseBuilder()
                    .setType(EmbeddedDatabaseType.H2)
                    .generateUniqueName(true)
                    .build();
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            jdbc.execute("create table orders (id varchar(100) primary key, paid boolean)");
            return jdbc;
        }

        @Bean
        List<String> audited() {
            return new CopyOnWriteArrayList<>();
        }

        @Bean
        FlushFunction audit(List<String> audited) {
            return batch -> batch.forEach(record -> audited.add(record.message()));
        }
    }
}
