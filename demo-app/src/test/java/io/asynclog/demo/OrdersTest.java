package io.asynclog.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.demo.DemoClient.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@DemoTest
class OrdersTest {
    private static final String AUDIT_LOGGER = "/actuator/loggers/io.asynclog.demo.audit.AuditLog";

    @Autowired
    private DemoClient demo;

    @Test
    void placesAnOrderAndFindsIt() {
        Answer placed = demo.post("/orders", "{\"customer\": \"Ada\", \"item\": \"lamp\", \"quantity\": 2}");

        assertThat(placed.status()).isEqualTo(201);
        assertThat(demo.get("/orders/" + placed.text("$.id"))).isEqualTo(new Answer(200, placed.body()));
        assertThat(placed.text("$.status")).isEqualTo("PLACED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"customer\": \"\", \"item\": \"lamp\", \"quantity\": 2}",
                "{\"customer\": \"Ada\", \"quantity\": 2}",
                "{\"customer\": \"Ada\", \"item\": \"lamp\", \"quantity\": 0}",
                "{\"customer\": \"Ada\", \"item\": \"lamp\", \"quantity\": 1001}",
                "not json"
            })
    void refusesAnOrderThatMakesNoSense(String order) {
        assertThat(demo.post("/orders", order).status()).isEqualTo(400);
    }

    @Test
    void knowsNoOrderThatWasNotPlaced() {
        assertThat(demo.get("/orders/no-such").status()).isEqualTo(404);
        assertThat(demo.post("/orders/no-such/payment").status()).isEqualTo(404);
    }

    @Test
    void paymentAnswersWhenItsAuditRecordIsFlushed() {
        String id = demo.placeOrder();

        Answer paid = demo.post("/orders/" + id + "/payment");

        assertThat(paid.status()).isEqualTo(200);
        assertThat(paid.text("$.status")).isEqualTo("PAID");
        assertThat(auditTexts()).contains("Payment requested: order " + id + " of Ada");
        assertThat(demo.post("/orders/" + id + "/payment").status()).isEqualTo(409);
    }

    @Test
    void paymentIsNotConfirmedWhileTheAuditSinkThrowsAndIsAfterwards() {
        String id = demo.placeOrder();
        demo.setFault("throw");

        Answer refused = demo.post("/orders/" + id + "/payment");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("$.title")).isEqualTo("Not confirmed");
        assertThat(refused.text("$.failures.audit")).contains("The audit store is out of order");
        assertThat(demo.get("/orders/" + id).text("$.status")).isEqualTo("PLACED");

        demo.mend();
        assertThat(demo.post("/orders/" + id + "/payment").status()).isEqualTo(200);
    }

    @Test
    void recordsThatWaitedForABrokenSinkComeOutInOrderWhenItIsMended() {
        demo.setFault("throw");
        String first = demo.placeOrder();
        String second = demo.placeOrder();
        assertThat(demo.post("/orders/" + first + "/payment").status()).isEqualTo(503);
        assertThat(demo.post("/orders/" + second + "/payment").status()).isEqualTo(503);

        demo.mend();

        assertThat(auditTexts())
                .containsSubsequence(
                        "Payment requested: order " + first + " of Ada",
                        "Payment requested: order " + second + " of Ada");
    }

    @Test
    void aSinkThatHangsIsReportedAsStuckAndStopsNobodyElse() {
        String id = demo.placeOrder();
        demo.setFault("hang");

        Answer refused = demo.post("/orders/" + id + "/payment");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("$.detail")).contains("not flushed in time");
        assertThat(demo.get("/actuator/health").status()).isEqualTo(503);
        Answer sink = demo.get("/actuator/asynclog/audit");
        assertThat(sink.text("$.state")).isEqualTo("stuck");
        assertThat(sink.text("$.stuckAt")).isNotBlank();
        assertThat(demo.placeOrder()).isNotEqualTo(id);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        demo.get("/actuator/asynclog/file").number("$.depth"))
                .isZero());

        demo.mend();
        assertThat(demo.get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void paymentIsNotConfirmedWhenTheAuditLogIsSwitchedOff() {
        String id = demo.placeOrder();
        demo.post(AUDIT_LOGGER, "{\"configuredLevel\": \"off\"}");
        try {
            assertThat(demo.post("/orders/" + id + "/payment").status()).isEqualTo(503);
        } finally {
            demo.post(AUDIT_LOGGER, "{\"configuredLevel\": null}");
        }
        assertThat(demo.post("/orders/" + id + "/payment").status()).isEqualTo(200);
    }

    @Test
    void theSwitchTellsItsModeAndRefusesAnUnknownOne() {
        demo.setFault("throw");

        assertThat(demo.get("/audit/fault").text("$.mode")).isEqualTo("throw");
        assertThat(demo.post("/audit/fault?mode=burn").status()).isEqualTo(400);
    }

    private List<String> auditTexts() {
        return demo.get("/audit").texts("$[*].text");
    }
}
