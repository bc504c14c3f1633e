package io.asynclog.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is true of the live page and the tail on every kind of web server. */
abstract class LiveContract {
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("from '(\\./[^']+)'");

    private final HttpClient client = HttpClient.newHttpClient();
    private final WebApplicationType type;
    private LiveApplication application;

    LiveContract(WebApplicationType type) {
        this.type = type;
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void thePageAndAllItsFilesAreServed() {
        application = new LiveApplication(type);
        HttpResponse<String> page = get(application.page());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        List<URI> files = links(application.page(), page.body(), LINK);
        assertThat(files).hasSize(5);
        URI script = application.uri("/actuator/asyncloglive/live.js");
        assertThat(files).contains(script);
        assertAreServed(files);
        List<URI> modules = links(script, get(script).body(), IMPORT);
        assertThat(modules).hasSizeGreaterThan(8);
        assertAreServed(modules);
    }

    private void assertAreServed(List<URI> files) {
        assertThat(files).allSatisfy(file -> {
            HttpResponse<String> response = get(file);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(LiveFiles.typeOf(file.getPath()));
            assertThat(response.body()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"live.html", "nothing.js", "..%2Fapplication.properties", "%2e%2e%5clive.js", "LivePage.class"})
    void nothingElseIsServed(String name) {
        application = new LiveApplication(type);
        assertThat(get(application.uri("/actuator/asyncloglive/" + name)).statusCode())
                .isIn(400, 404);
    }

    @Test
    void thePageIsThereForBrowsersOnly() {
        application = new LiveApplication(type);
        HttpRequest.Builder asJson = HttpRequest.newBuilder(application.page()).header("Accept", "application/json");
        assertThat(send(asJson).statusCode()).isEqualTo(406);
    }

    @Test
    void thePageIsNotThereUnlessExposed() {
        application = new LiveApplication(type, "--management.endpoints.web.exposure.include=asynclog");
        assertThat(get(application.page()).statusCode()).isEqualTo(404);
    }

    @Test
    void theTailAnswersTheNewestRecords() {
        application = new LiveApplication(type);
        application.log().info("first");
        application.log().warn("second {}", "line\nforged");
        await().until(() -> json("?level=warn").path("records").size() == 1);
        JsonNode tail = json("?level=WARN&contains=SECOND&logger=s&limit=5");
        JsonNode record = tail.path("records").get(0);
        assertThat(record.propertyNames())
                .containsExactly("sequence", "time", "level", "logger", "thread", "message", "truncated");
        assertThat(record.path("message").asString()).isEqualTo("second line\\nforged");
        assertThat(tail.path("leftOut").asLong()).isZero();
        long next = tail.path("next").asLong();
        assertThat(json("?after=" + next).path("records")).isEmpty();
        assertThat(json("?after=" + (next - 1)).path("records")).hasSize(1);
        String instance = tail.path("instance").asString();
        assertThat(json("?after=" + next + "&instance=" + instance).path("records"))
                .isEmpty();
        assertThat(json("?after=" + next + "&instance=" + UUID.randomUUID()).path("records"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "after=x",
        "after=-2",
        "level=loud",
        "limit=0",
        "limit=1001",
        "limit=9999999999",
        "limit=1.5",
        "instance=x"
    })
    void aWrongParameterIsAnsweredWithTheReason(String parameter) {
        application = new LiveApplication(type);
        HttpResponse<String> response = get(tail("?" + parameter));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonMapper().readTree(response.body()).path("reason").asString())
                .startsWith("'" + parameter.replaceAll("=.*", "") + "' is ");
    }

    @Test
    void theTailIsNotFoundUnlessItIsSwitchedOn() {
        application = new LiveApplication(type, "--asynclog.tail.enabled=false");
        assertThat(get(tail("")).statusCode()).isEqualTo(404);
    }

    @Test
    void sinksAreAnsweredBesideTheTail() {
        application = new LiveApplication(type);
        assertThat(get(application.uri("/actuator/asynclog/audit")).statusCode())
                .isEqualTo(200);
        assertThat(get(application.uri("/actuator/asynclog/nobody")).statusCode())
                .isEqualTo(404);
    }

    private URI tail(String query) {
        return application.uri("/actuator/asynclog/tail" + query);
    }

    private JsonNode json(String query) {
        return new JsonMapper().readTree(get(tail(query)).body());
    }

    private HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<URI> links(URI base, String text, Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(link -> base.resolve(link.group(1)))
                .toList();
    }
}
