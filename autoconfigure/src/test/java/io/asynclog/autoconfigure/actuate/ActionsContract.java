package io.asynclog.autoconfigure.actuate;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogger;
import io.asynclog.autoconfigure.RecordingSink;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the actions of the endpoint do in every kind of web application, and what they refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ActionsContract {
    private static final String ENGINE = "/actuator/asynclog";
    private static final String AUDIT = ENGINE + "/audit";

    private final WebApplicationType type;
    private WebApplication application;

    ActionsContract(WebApplicationType type) {
        this.type = type;
    }

    @BeforeAll
    void start() {
        application = new WebApplication(type, "--management.endpoint.asynclog.access=unrestricted");
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @BeforeEach
    void reset() {
        application.post(AUDIT, "{\"action\":\"resume\"}");
        application.post(AUDIT, "{\"action\":\"level\",\"level\":\"TRACE\"}");
        await().until(() -> application.json(AUDIT).get("depth").asLong() == 0);
    }

    private JsonNode ok(String path, String json) {
        HttpResponse<String> response = application.post(path, json);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        contentType -> assertThat(contentType).startsWith("application/vnd.spring-boot.actuator"));
        return new JsonMapper().readTree(response.body());
    }

    private String refused(String path, String json) {
        HttpResponse<String> response = application.post(path, json);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode refusal = new JsonMapper().readTree(response.body());
        assertThat(refusal.propertyNames()).containsExactly("reason");
        return refusal.get("reason").asString();
    }

    /**
     * Pauses the sink and waits for its turn, which may have begun before.
     *
     * @return how many records it has left: that of the pause, unless that turn took it
     */
    private long pause() {
        ok(AUDIT, "{\"action\":\"pause\"}");
        assertThat(refused(AUDIT, "{\"action\":\"skip\",\"records\":999999999}"))
                .contains("pending records"); // answered between two turns
        return application.json(AUDIT).get("depth").asLong();
    }

    private void log(int count) {
        AsyncLogger log = application.bean(AsyncLogger.class);
        IntStream.range(0, count).forEach(i -> log.info("record {}", i));
    }

    private List<String> heardByAudit() {
        assertThat(application.bean(AsyncLogger.class).flushAsync()).succeedsWithin(DEADLINE);
        return application.bean(RecordingSink.class).messages();
    }

    // ---- what they do -----------------------------------------------------------------------------------------------

    @Test
    void flushAnswersTheOutcomeBySink() {
        JsonNode answer = ok(ENGINE, "{\"action\":\"flush\"}");
        assertThat(answer.propertyNames()).containsExactly("outcome", "sinks");
        assertThat(answer.get("outcome").asString()).isEqualTo("flushed");
        assertThat(answer.get("sinks").propertyNames()).containsExactlyInAnyOrder("console", "audit");
        assertThat(answer.get("sinks").get("audit").propertyNames()).containsExactly("outcome", "depth");
        assertThat(answer.get("sinks").get("audit").get("outcome").asString()).isEqualTo("flushed");
    }

    @Test
    void flushIsIncompleteWhenTheTimeIsOver() {
        long left = pause();
        log(1);
        JsonNode answer = ok(ENGINE, "{\"action\":\"flush\",\"timeout\":\"1ms\"}");
        assertThat(answer.get("outcome").asString()).isEqualTo("incomplete");
        assertThat(answer.get("sinks").get("audit").get("outcome").asString()).isEqualTo("pending");
        assertThat(answer.get("sinks").get("audit").get("depth").asLong()).isEqualTo(left + 1);
    }

    @Test
    void pauseAndResumeAnswerWithTheReport() {
        JsonNode paused = ok(AUDIT, "{\"action\":\"pause\"}");
        assertThat(paused.propertyNames()).containsExactly("sink", "action", "report");
        assertThat(paused.get("sink").asString()).isEqualTo("audit");
        assertThat(paused.get("action").asString()).isEqualTo("pause");
        assertThat(paused.get("report").propertyNames())
                .containsExactlyElementsOf(application.json(AUDIT).propertyNames());
        assertThat(paused.get("report").get("state").asString()).isEqualTo("paused");
        assertThat(application.json(AUDIT).get("state").asString()).isEqualTo("paused");

        JsonNode resumed = ok(AUDIT, "{\"action\":\"resume\"}");
        assertThat(resumed.get("report").get("state").asString()).isEqualTo("running");
    }

    @Test
    void skipDropsWhatItNames() {
        long all = pause() + 3;
        log(3);
        JsonNode answer = ok(AUDIT, "{\"action\":\"skip\",\"records\":" + all + "}");
        assertThat(answer.propertyNames()).containsExactly("sink", "action", "dropped", "report");
        assertThat(answer.get("dropped").asLong()).isEqualTo(all);
        assertThat(answer.get("report").get("depth").asLong()).isZero();
        ok(AUDIT, "{\"action\":\"resume\"}");
        assertThat(heardByAudit()).last().asString().startsWith("Action 'resume'");
    }

    @Test
    void skipOfMoreThanThereAreIsRefused() {
        long left = pause();
        assertThat(refused(AUDIT, "{\"action\":\"skip\",\"records\":2}"))
                .isEqualTo("'records' is '2'. Sink 'audit' has " + left
                        + " pending records, fewer than the 2 to be skipped. Look at its depth again.");
        assertThat(application.json(AUDIT).get("depth").asLong()).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WARN", "warn"})
    void levelIsTheSinksLowest(String level) {
        JsonNode answer = ok(AUDIT, "{\"action\":\"level\",\"level\":\"" + level + "\"}");
        assertThat(answer.get("report").get("level").asString()).isEqualTo("WARN");
    }

    @Test
    void retryAnswersWithTheReport() {
        assertThat(ok(AUDIT, "{\"action\":\"retry\"}")
                        .get("report")
                        .get("state")
                        .asString())
                .isEqualTo("running");
    }

    @Test
    void eachActionIsLoggedWithItsCaller() {
        ok(ENGINE, "{\"action\":\"flush\"}");
        ok(AUDIT, "{\"action\":\"retry\"}");
        ok(AUDIT, "{\"action\":\"level\",\"level\":\"DEBUG\"}");
        assertThat(heardByAudit())
                .contains(
                        "Flush, asked for by somebody unknown: flushed",
                        "Action 'retry' on sink 'audit', asked for by somebody unknown",
                        "Action 'level DEBUG' on sink 'audit', asked for by somebody unknown");
    }

    // ---- what they refuse -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                 | 'action' is missing. Set it to: pause, resume, retry, skip, level.
                    {"action":null}                                    | 'action' is missing. Set it to: pause, resume, retry, skip, level.
                    {"action":"stop"}                                  | 'action' is 'stop'. It is not known here. Use one of: pause, resume, retry, skip, level.
                    {"action":"PAUSE"}                                 | 'action' is 'PAUSE'. It is not known here. Use one of: pause, resume, retry, skip, level.
                    {"action":"flush"}                                 | 'action' is 'flush'. It is not known here. Use one of: pause, resume, retry, skip, level.
                    {"action":7}                                       | 'action' is '7'. It is not known here. Use one of: pause, resume, retry, skip, level.
                    {"action":"pause\\r\\nINFO forged"}                | 'action' is 'pause\\r\\nINFO forged'. It is not known here. Use one of: pause, resume, retry, skip, level.
                    {"action":"${jndi:ldap://x}"}                      | 'action' is '${jndi:ldap://x}'. It is not known here. Use one of: pause, resume, retry, skip, level.
                    {"action":"skip"}                                  | 'records' is missing. Set it to: the number of records to drop.
                    {"action":"skip","records":0}                        | 'records' is '0'. It is out of bounds. Use one from 1 on.
                    {"action":"skip","records":-5}                       | 'records' is '-5'. It is out of bounds. Use one from 1 on.
                    {"action":"skip","records":1.5}                      | 'records' is '1.5'. It is no whole number. Use one from 1 on.
                    {"action":"skip","records":"all"}                    | 'records' is 'all'. It is no whole number. Use one from 1 on.
                    {"action":"skip","records":99999999999999999999}     | 'records' is '99999999999999999999'. It is no whole number. Use one from 1 on.
                    {"action":"skip","records":1,"level":"INFO"}         | 'level' is 'INFO'. It belongs to the action 'level'. Leave it out.
                    {"action":"pause","records":1}                       | 'records' is '1'. It belongs to the action 'skip'. Leave it out.
                    {"action":"level"}                                 | 'level' is missing. Set it to: ERROR, WARN, INFO, DEBUG, TRACE.
                    {"action":"level","level":"LOUD"}                  | 'level' is 'LOUD'. There is no such level. Use one of: ERROR, WARN, INFO, DEBUG, TRACE.
                    {"acton":"pause"}                                  | 'acton' is no field here. Use action, records, level.
                    {"action":"pause","depht":null}                    | 'depht' is no field here. Use action, records, level.
                    {"action":"skip","records":1,"Level":"INFO"}         | 'Level' is no field here. Use action, records, level.
                    {"action":"pause","timeout":"1s"}                  | 'timeout' is no field here. Use action, records, level.
                    {"action":"pause","context":"x"}                   | 'context' is no field here. Use action, records, level.
                    {"action":"level","level":"OFF"}                   | 'level' is 'OFF'. There is no such level. Use one of: ERROR, WARN, INFO, DEBUG, TRACE.
                    """)
    void whatIsWrongForASinkIsAnsweredWithTheReason(String json, String reason) {
        assertThat(refused(AUDIT, json)).isEqualTo(reason.replace("\\r\\n", "\r\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                 | 'action' is missing. Set it to: flush.
                    {"action":"pause"}                                 | 'action' is 'pause'. It is not known here. Use one of: flush.
                    {"action":"flush","timeuot":"1s"}                  | 'timeuot' is no field here. Use action, timeout.
                    {"action":"flush","sink":"audit"}                  | 'sink' is no field here. Use action, timeout.
                    {"action":"flush","timeout":""}                    | 'timeout' is ''. It is no duration. Use one from 0s to 60s, such as 5s.
                    {"action":"flush","timeout":"soon"}                | 'timeout' is 'soon'. It is no duration. Use one from 0s to 60s, such as 5s.
                    {"action":"flush","timeout":"-1s"}                 | 'timeout' is '-1s'. It is out of bounds. Use one from 0s to 60s, such as 5s.
                    {"action":"flush","timeout":"61s"}                 | 'timeout' is '61s'. It is out of bounds. Use one from 0s to 60s, such as 5s.
                    {"action":"flush","timeout":"9223372036854775807d"}| 'timeout' is '9223372036854775807d'. It is no duration. Use one from 0s to 60s, such as 5s.
                    {"action":"flush","timeout":"99999999999999999999s"}| 'timeout' is '99999999999999999999s'. It is no duration. Use one from 0s to 60s, such as 5s.
                    """)
    void whatIsWrongForTheEngineIsAnsweredWithTheReason(String json, String reason) {
        assertThat(refused(ENGINE, json)).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"pause\"",
                "{\"action\":{\"action\":\"pause\"}}",
                "{\"action\":[\"pause\",\"resume\"]}",
                "{\"action\":\"skip\",\"records\":{}}",
                "{\"action\":\"skip\",\"records\":[1,2]}"
            })
    void whatIsNoSuchObjectIsRefused(String json) {
        assertThat(application.post(AUDIT, json).statusCode()).isEqualTo(400);
        assertThat(application.json(AUDIT).get("state").asString()).isEqualTo("running");
    }

    @ParameterizedTest
    @MethodSource("hugeValues")
    void whatIsHugeIsRefusedWithAShortReason(String json) {
        assertThat(refused(AUDIT, json)).hasSizeLessThan(200);
    }

    @Test
    void aFieldThatIsMisspeltActsOnNoSink() {
        refused(AUDIT, "{\"action\":\"pause\",\"depht\":1}");
        assertThat(application.json(AUDIT).get("state").asString()).isEqualTo("running");
    }

    /** Whether a page of another site can act in the name of whoever has given the browser credentials. */
    @Test
    void anActionNeedsTheTypeOfItsBodyWhereTheDocumentationSaysSo() {
        int status = application.postWithoutType(AUDIT + "?action=pause").statusCode();
        assertThat(status).isEqualTo(actsWithoutType() ? 200 : 415);
        assertThat(application.json(AUDIT).get("state").asString()).isEqualTo(actsWithoutType() ? "paused" : "running");
    }

    boolean actsWithoutType() {
        return false;
    }

    @Test
    void parameterOfTheQueryIsAFieldToo() {
        assertThat(refused(AUDIT + "?depht=1", "{\"action\":\"pause\"}"))
                .isEqualTo("'depht' is no field here. Use action, records, level.");
    }

    @Test
    void whatIsTooHugeToReadActsOnNoSink() {
        String json = "{\"action\":\"pause\",\"records\":\"" + "9".repeat(5_000_000) + "\"}";
        assertThat(application.post(AUDIT, json).statusCode()).isIn(400, 413);
        assertThat(application.json(AUDIT).get("state").asString()).isEqualTo("running");
    }

    static List<String> hugeValues() {
        String huge = "9".repeat(100_000);
        return List.of(
                "{\"action\":\"" + huge + "\"}",
                "{\"action\":\"skip\",\"records\":\"" + huge + "\"}",
                "{\"action\":\"level\",\"level\":\"" + huge + "\"}",
                "{\"action\":\"pause\",\"" + huge.substring(0, 40_000) + "\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nobody", "AUDIT", "audit%20", "audit%0d%0aforged", "%24%7Baudit%7D", "audit,console", "null"})
    void anUnknownSinkIsNotFound(String sink) {
        assertThat(application
                        .post(ENGINE + "/" + sink, "{\"action\":\"pause\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit/x", "..%2faudit", "audit%00", "%2e%2e/asynclog/audit%2f.."})
    void aHostilePathActsOnNoSink(String path) {
        int status =
                application.post(ENGINE + "/" + path, "{\"action\":\"pause\"}").statusCode();
        assertThat(status).isBetween(400, 405);
        assertThat(application.json(AUDIT).get("state").asString()).isEqualTo("running");
    }
}
