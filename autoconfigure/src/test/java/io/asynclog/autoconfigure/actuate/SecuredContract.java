package io.asynclog.autoconfigure.actuate;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogger;
import io.asynclog.autoconfigure.RecordingSink;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** Who may do what where Spring Security is on the class path. */
abstract class SecuredContract {
    static final String FLUSH = "{\"action\":\"flush\"}";
    static final List<String> ACTIONS = List.of(
            "{\"action\":\"pause\"}",
            "{\"action\":\"resume\"}",
            "{\"action\":\"retry\"}",
            "{\"action\":\"skip\",\"records\":1}",
            "{\"action\":\"level\",\"level\":\"WARN\"}");

    private static final String ENGINE = "/actuator/asynclog";
    private static final String AUDIT = ENGINE + "/audit";

    private final WebApplicationType type;
    private final Class<?> basic;
    private final Class<?> cookie;
    private final int withoutToken;

    /**
     * Creates the contract.
     *
     * @param basic security by HTTP Basic, without tokens at the endpoints
     * @param cookie the same with tokens in a cookie
     * @param withoutToken what an action without a token is answered with by default
     */
    SecuredContract(WebApplicationType type, Class<?> basic, Class<?> cookie, int withoutToken) {
        this.type = type;
        this.basic = basic;
        this.cookie = cookie;
        this.withoutToken = withoutToken;
    }

    private WebApplication application(Class<?> configuration) {
        return new WebApplication(
                type,
                configuration,
                "--management.endpoint.asynclog.access=unrestricted",
                "--management.endpoint.health.probes.add-additional-paths=true",
                "--spring.security.user.name=ada",
                "--spring.security.user.password=secret",
                "--spring.security.user.roles=OPERATOR");
    }

    private static void logIn(WebApplication application, String password) {
        byte[] credentials = ("ada:" + password).getBytes(StandardCharsets.UTF_8);
        application.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    private static void assertEverythingIsRefused(WebApplication application, Integer... codes) {
        for (String action : ACTIONS) {
            assertThat(application.post(AUDIT, action).statusCode()).as(action).isIn(List.of(codes));
        }
        assertThat(application.post(ENGINE, FLUSH).statusCode()).isIn(List.of(codes));
    }

    private static void assertNothingWasDone(WebApplication application) {
        assertThat(application.json(AUDIT).get("state").asString()).isEqualTo("running");
        assertThat(application.json(AUDIT).get("level").asString()).isEqualTo("TRACE");
        assertThat(application.json(ENGINE).get("records").get("accepted").asLong())
                .isZero();
    }

    @Test
    void asBootSetsItUpNothingIsAnsweredWithoutCredentials() {
        try (WebApplication application = application(WebApplication.Application.class)) {
            assertThat(application.get(ENGINE).statusCode()).isEqualTo(401);
            assertThat(application.get(AUDIT).statusCode()).isEqualTo(401);
            assertEverythingIsRefused(application, withoutToken);
            logIn(application, "wrong");
            assertThat(application.get(ENGINE).statusCode()).isEqualTo(401);
            assertEverythingIsRefused(application, withoutToken);
            logIn(application, "secret");
            assertNothingWasDone(application);
        }
    }

    @Test
    void asBootSetsItUpActionsNeedAToken() {
        try (WebApplication application = application(WebApplication.Application.class)) {
            logIn(application, "secret");
            assertThat(application.get(ENGINE).statusCode()).isEqualTo(200);
            assertEverythingIsRefused(application, withoutToken);
            assertNothingWasDone(application);
        }
    }

    @Test
    void withBasicAndNoTokensEveryActionNeedsCredentials() {
        try (WebApplication application = application(basic)) {
            assertEverythingIsRefused(application, 401);
            logIn(application, "wrong");
            assertEverythingIsRefused(application, 401);
            logIn(application, "secret");
            assertNothingWasDone(application);
            assertEverythingIsRefused(application, 200, 400); // 400: there is nothing to skip
        }
    }

    @Test
    void actionsAreLoggedWithTheNameOfTheUser() {
        try (WebApplication application = application(basic)) {
            logIn(application, "secret");
            assertThat(application.post(AUDIT, ACTIONS.get(2)).statusCode()).isEqualTo(200);
            assertThat(application.post(ENGINE, FLUSH).statusCode()).isEqualTo(200);
            assertThat(application.bean(AsyncLogger.class).flushAsync()).succeedsWithin(DEADLINE);
            assertThat(application.bean(RecordingSink.class).messages())
                    .containsExactly(
                            "Action 'retry' on sink 'audit', asked for by ada", "Flush, asked for by ada: flushed");
        }
    }

    @Test
    void withACookieTheActionsNeedItsTokenInAHeader() {
        try (WebApplication application = application(cookie)) {
            logIn(application, "secret");
            HttpResponse<String> page = application.get(ENGINE);
            assertThat(page.statusCode()).isEqualTo(200);
            String set = page.headers().allValues("Set-Cookie").stream()
                    .filter(header -> header.startsWith("XSRF-TOKEN="))
                    .findFirst()
                    .orElseThrow();
            assertThat(set).doesNotContain("HttpOnly"); // a script of the page has to read it
            String token = set.substring(set.indexOf('=') + 1, set.indexOf(';'));
            application.setHeader("Cookie", "XSRF-TOKEN=" + token);
            assertEverythingIsRefused(application, 403);
            application.setHeader("X-XSRF-TOKEN", "wrong");
            assertEverythingIsRefused(application, 403);
            assertNothingWasDone(application);
            application.setHeader("X-XSRF-TOKEN", token);
            assertThat(application.post(AUDIT, ACTIONS.get(0)).statusCode()).isEqualTo(200);
            assertThat(application.json(AUDIT).get("state").asString()).isEqualTo("paused");
        }
    }

    @Test
    void theRestOfTheApplicationNeedsCredentialsAndAProbeNone() {
        for (Class<?> configuration : List.of(basic, cookie)) {
            try (WebApplication application = application(configuration)) {
                assertThat(application.get("/orders").statusCode()).isEqualTo(401);
                assertThat(application.get("/actuator/metrics").statusCode()).isEqualTo(401);
                for (String probe : List.of("/actuator/health", "/actuator/health/liveness", "/livez", "/readyz")) {
                    assertThat(application.get(probe).statusCode()).as(probe).isEqualTo(200);
                }
                logIn(application, "secret");
                assertThat(application.get("/actuator/metrics").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void whoMayOnlyReadMayNotAct() {
        try (WebApplication application = new WebApplication(
                type,
                basic,
                "--management.endpoint.asynclog.access=unrestricted",
                "--spring.security.user.name=ada",
                "--spring.security.user.password=secret",
                "--spring.security.user.roles=VIEWER")) {
            logIn(application, "secret");
            assertThat(application.get(AUDIT).statusCode()).isEqualTo(200);
            assertEverythingIsRefused(application, 403);
            assertNothingWasDone(application);
        }
    }
}
