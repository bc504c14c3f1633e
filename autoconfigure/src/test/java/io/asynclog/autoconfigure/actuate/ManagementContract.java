package io.asynclog.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** The endpoint on a port and below a path of its own. */
abstract class ManagementContract {
    private static final String PAUSE = "{\"action\":\"pause\"}";

    private final WebApplicationType type;

    ManagementContract(WebApplicationType type) {
        this.type = type;
    }

    @Test
    void theEndpointIsAtThePortAndPathOfTheManagementAndNowhereElse() {
        try (WebApplication application = new WebApplication(
                type,
                "--management.endpoint.asynclog.access=unrestricted",
                "--management.server.port=0",
                "--management.endpoints.web.base-path=/manage",
                "--management.endpoints.web.path-mapping.asynclog=log")) {
            assertThat(application.post("/manage/log/audit", PAUSE).statusCode())
                    .isEqualTo(404);
            assertThat(application.post("/actuator/asynclog/audit", PAUSE).statusCode())
                    .isEqualTo(404);

            application.usePortOf("local.management.port");
            assertThat(application.json("/manage/log/audit").get("state").asString())
                    .isEqualTo("running");
            assertThat(application.post("/manage/log/audit", PAUSE).statusCode())
                    .isEqualTo(200);
            assertThat(application.json("/manage/log/audit").get("state").asString())
                    .isEqualTo("paused");
            assertThat(application
                            .post("/manage/log/audit", "{\"action\":\"stop\"}")
                            .body())
                    .contains("\"reason\":\"'action' is 'stop'.");
        }
    }

    @Test
    void actionsAreOffUnlessAccessIsUnrestricted() {
        try (WebApplication application = new WebApplication(type)) {
            for (String action : SecuredContract.ACTIONS) {
                assertThat(application.post("/actuator/asynclog/audit", action).statusCode())
                        .as(action)
                        .isEqualTo(405);
            }
            assertThat(application
                            .post("/actuator/asynclog", SecuredContract.FLUSH)
                            .statusCode())
                    .isEqualTo(405);
            assertThat(application.json("/actuator/asynclog/audit").get("state").asString())
                    .isEqualTo("running");
        }
    }
}
