package io.asynclog.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogger;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Runs the code that the documentation shows. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "asynclog.file.path=target/test-logs/snippets.log",
            "asynclog.sinks.ticketSink.level=error",
            "asynclog.sinks.errorFile.level=error",
            "asynclog.sinks.eventCount.level=warn",
            "asynclog.sinks.eventCount.delivery=best-effort",
            "errors.path=target/test-logs/errors.log",
            "audit.path=target/test-logs/audit.log",
            "spring.config.location=optional:classpath:/no-such/"
        })
class SnippetsTest {
    private static final Path FILE = Path.of("target/test-logs/snippets.log");
    private static final Path ERRORS = Path.of("target/test-logs/errors.log");
    private static final Path AUDIT = Path.of("target/test-logs/audit.log");

    @Autowired
    private CheckoutService checkouts;

    @Autowired
    private RefundService refunds;

    @Autowired
    private AuditLogConfiguration.Auditor auditor;

    @Autowired
    private AsyncLogger log;

    @Autowired
    private List<String> openedTickets;

    @Autowired
    private MeterRegistry meters;

    @Test
    void theInjectedLoggerIsNamedAfterItsClass() throws IOException {
        checkouts.checkout("c-1", 2);

        assertThat(log.flushAsync()).succeedsWithin(Duration.ofSeconds(30));
        assertThat(Files.readString(FILE))
                .containsPattern("snippets.CheckoutService *: Cart c-1 is checked out with 2 items");
    }

    @Test
    void aNamedLoggerGoesToThoseThatAskForItByName() {
        assertThat(auditor.log().getName()).isEqualTo("audit");
        assertThat(log.getName()).isEqualTo(SnippetsTest.class.getName());
    }

    @Test
    void aRefundIsMadeWhenItsAuditRecordIsFlushed() {
        assertThat(refunds.refund("o-1"))
                .succeedsWithin(Duration.ofSeconds(30))
                .asString()
                .startsWith("refunded, audit record ");
    }

    // tag::test[]
    @Test
    void opensATicketForAnError() {
        log.error("The stock is wrong");

        assertThat(log.flushAsync()).succeedsWithin(Duration.ofSeconds(30));
        assertThat(openedTickets).contains("The stock is wrong");
    }
    // end::test[]

    @Test
    void errorsAndAuditRecordsHaveFilesOfTheirOwn() throws IOException {
        auditor.log().info("Payment of order o-7 requested");
        log.error("The till is open");

        assertThat(log.flushAsync()).succeedsWithin(Duration.ofSeconds(30));
        assertThat(Files.readString(AUDIT))
                .contains("Payment of order o-7 requested")
                .doesNotContain("till");
        assertThat(Files.readString(ERRORS)).contains("The till is open").doesNotContain("o-7");
        assertThat(openedTickets).contains("The till is open").noneMatch(ticket -> ticket.contains("o-7"));
    }

    @Test
    void warningsAndErrorsAreCountedByLevel() {
        double before = meters.counter("log.events", "level", "warn").count();
        log.info("The till is open as usual");
        log.warn("The till is nearly full");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        meters.counter("log.events", "level", "warn").count())
                .isEqualTo(before + 1));
        assertThat(meters.find("log.events").tag("level", "info").counter()).isNull();
    }

    @Test
    void theEngineWorksWithoutSpring(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("batch.log");

        PlainJava.run(file);

        assertThat(Files.readString(file)).contains("batch").contains("17 rows imported");
    }

    @Configuration
    @EnableAutoConfiguration
    @Import({
        AuditLogConfiguration.class,
        CheckoutService.class,
        EventCountConfiguration.class,
        FilesConfiguration.class,
        RefundService.class,
        TicketSinkConfiguration.class,
        EngineErrorsConfiguration.class
    })
    static class Application {
        @Bean
        List<String> openedTickets() {
            return new CopyOnWriteArrayList<>();
        }

        @Bean
        Tickets tickets(List<String> openedTickets) {
            return (number, text) -> openedTickets.add(text);
        }
    }
}
