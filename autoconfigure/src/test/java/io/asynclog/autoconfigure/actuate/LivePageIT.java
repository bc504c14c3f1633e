package io.asynclog.autoconfigure.actuate;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.autoconfigure.RequiresTools;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;

/** The live page in a real browser. */
@RequiresTools({Browser.CHROMIUM, Browser.DRIVER})
class LivePageIT {
    private static final String AUDIT = "[data-sink=audit] ";
    private static final String FAULT = "The audit store is out of order";

    private static Browser browser;
    private LiveApplication application;

    @BeforeAll
    static void openBrowser() {
        browser = new Browser();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void open() {
        browser.resize(1280, 1000, false);
        browser.prefer("light");
        start("--management.endpoint.asynclog.access=unrestricted");
        open(application.page());
    }

    private void start(String... arguments) {
        application = new LiveApplication(WebApplicationType.SERVLET, arguments);
    }

    private static void open(URI page) {
        browser.open(page);
        eventually().until(() -> browser.text("#headline").startsWith("Healthy"));
    }

    @AfterEach
    void close() {
        browser.leave();
        application.close();
    }

    @Test
    void opensAndComplainsOfNothing() {
        assertThat(browser.text("h1")).isEqualTo("Logging of shop");
        assertThat(browser.title()).isEqualTo("✓ Healthy: every record reaches every sink – shop");
        assertThat(browser.count(".card")).isEqualTo(2);
        assertThat(browser.count("#charts canvas")).isEqualTo(4);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void asksNoOtherHost() {
        assertThat(browser.requests()).hasSizeGreaterThan(10).allSatisfy(request -> assertThat(request.getAuthority())
                .isEqualTo(application.page().getAuthority()));
    }

    @Test
    void figuresMoveUnderLoadAndAreThoseOfTheEndpoint() {
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 12_345; i++) {
                application.log().info("Order {} is placed", i);
            }
            assertThat(application.log().flushAsync()).succeedsWithin(DEADLINE);
            AsyncLogReport report = application.report();
            assertThat(report.records().accepted()).isEqualTo(round * 12_345L);
            eventually().untilAsserted(() -> {
                assertThat(browser.text("#overview"))
                        .contains(grouped(report.records().accepted()) + " since the start");
                assertThat(browser.text(AUDIT + "[data-field=flushed]"))
                        .isEqualTo(grouped(report.sinks().get("audit").flushed()));
                assertThat(browser.text(AUDIT + "[data-field=depth]")).isEqualTo("0");
                assertThat(browser.text("[data-figure=accepted]")).isEqualTo("0/s");
            });
        }
    }

    @Test
    void aFailingSinkIsSeen() {
        application.sink("audit").fail(FAULT);
        application.log().info("Order 1 is placed");
        eventually().untilAsserted(() -> {
            assertThat(browser.text("#headline")).isEqualTo("Logging is in trouble: audit");
            assertThat(browser.text("#points"))
                    .matches(
                            "audit has been failing since \\d\\d:\\d\\d:\\d\\d \\(.+\\); 1 record waits: java.io.IOException: "
                                    + FAULT);
            assertThat(browser.text(AUDIT + ".state")).isEqualTo("retrying");
            assertThat(browser.text(AUDIT + "[data-field=failure]")).endsWith(FAULT);
        });
        assertThat(browser.title()).startsWith("✕ Logging is in trouble: audit");
        application.sink("audit").mend();
        eventually().until(() -> browser.text("#headline").startsWith("Healthy"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aSinkThatNobodyWaitsForNeedsALookOnly() {
        application.sink("search").fail("no route");
        application.log().info("Order 1 is placed");
        eventually().until(() -> browser.text("#headline").equals("Logging needs a look: search"));
        assertThat(browser.attribute("#verdict", "data-level")).isEqualTo("warn");
    }

    @Test
    void whatAnEarlierProcessLeftDamagedIsToldAndNoLossOfThisOne() {
        Object judgement = browser.run("""
                const verdict = document.querySelector('script[type=module]').src.replace('live.js', 'verdict.js');
                return import(verdict).then(({ judge }) => {
                  const report = {
                    state: 'running', records: { dropped: { overflow: 0 } }, sinks: {}, recovery: { damaged: 4 },
                    buffer: { heldBytes: 0, capacityBytes: 1, fullMillis: 0 },
                  };
                  const { level, points } = judge(report, Date.now(), { lastLoss: () => null, lastLossOfRequired: () => null });
                  return [level, ...points.map((point) => point.text)].join('; ');
                });""");
        assertThat(judgement).isEqualTo("ok; Left by an earlier process and damaged: 4 records");
    }

    @Test
    void pausesAndResumesASink() {
        browser.press(AUDIT, "Pause");
        eventually().untilAsserted(() -> {
            assertThat(browser.text("#outcome")).isEqualTo("audit paused");
            assertThat(browser.text("#headline")).isEqualTo("Logging needs a look: audit");
            assertThat(browser.text(AUDIT + ".state")).isEqualTo("paused");
        });
        assertThat(application.report().sinks().get("audit").state()).isEqualTo("paused");
        application.log().info("Order 1 is placed");
        // The action is logged, too; whether before the sink paused is a matter of chance.
        eventually().until(() -> browser.text(AUDIT + "[data-field=depth]").matches("[12]"));
        browser.press(AUDIT, "Resume");
        eventually().untilAsserted(() -> {
            assertThat(browser.text(AUDIT + ".state")).isEqualTo("running");
            assertThat(browser.text(AUDIT + "[data-field=depth]")).isEqualTo("0");
        });
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void skipsExactlyWhatWasConfirmed() {
        application.sink("audit").fail(FAULT);
        for (int i = 0; i < 3; i++) {
            application.log().info("Order {} is placed", i);
        }
        eventually().until(() -> browser.text(AUDIT + "[data-field=depth]").equals("3"));
        browser.press(AUDIT, "Skip…");
        assertThat(browser.text("#confirm-text")).startsWith("Drop exactly 3 records that audit has not flushed?");
        assertThat(browser.barriers()).isEmpty();
        browser.press("#confirm", "Keep them");
        browser.press(AUDIT, "Skip…");
        application.log().info("Order 3 is placed, and nobody has agreed to drop it");
        browser.press("#confirm", "Drop 3");
        eventually().until(() -> browser.text("#outcome").equals("audit: 3 records dropped"));
        assertThat(application.report().sinks().get("audit").dropped()).isEqualTo(new AsyncLogReport.NotGiven(0, 3, 0));
        eventually()
                .until(() -> browser.text("#points").contains("Lost since the start: 3 skipped for audit by request"));
    }

    @Test
    void changesTheLevelOfASink() {
        browser.choose(AUDIT + "select", "WARN");
        eventually().until(() -> browser.text("#outcome").equals("audit takes records from WARN on"));
        assertThat(application.report().sinks().get("audit").level()).isEqualTo("WARN");
        eventually().until(() -> browser.text(AUDIT + "small").equals("required, from WARN"));
    }

    @Test
    void flushes() {
        application.log().info("Order 1 is placed");
        browser.press("main", "Flush now");
        eventually().until(() -> browser.text("#outcome").equals("Everything is flushed"));
    }

    @Test
    void saysWhyAnActionWasRefused() {
        application.sink("audit").fail(FAULT);
        application.log().info("Order 1 is placed");
        eventually().until(() -> browser.find("#sinks").getText().contains("retrying"));
        browser.press(AUDIT, "Skip…");
        application.sink("audit").mend();
        eventually().until(() -> application.report().sinks().get("audit").depth() == 0);
        browser.press("#confirm", "Drop 1");
        eventually().until(() -> browser.text("#outcome").startsWith("audit: skip failed. 'records' is '1'."));
    }

    /** The application's own mapper, that is, with which endpoints may be told to answer. */
    @ParameterizedTest
    @ValueSource(strings = {"always", "non_null"})
    void doesNotMindWhetherTheMapperWritesNulls(String inclusion) {
        browser.leave();
        application.close();
        start(
                "--management.endpoint.asynclog.access=unrestricted",
                "--management.endpoints.jackson.isolated-json-mapper=false",
                "--spring.jackson.default-property-inclusion=" + inclusion);
        open(application.page());
        browser.press(AUDIT, "Pause");
        eventually().until(() -> browser.text("#outcome").equals("audit paused"));
    }

    @Test
    void offersNoActionsWhereTheEndpointOnlyReads() {
        browser.leave();
        application.close();
        start();
        open(application.page());
        assertThat(browser.count("button:not([hidden])")).isEqualTo(2); // those of the dialog
        assertThat(browser.text("#readonly")).startsWith("The endpoint only reads");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void worksOnAnotherPortAndBelowAnotherPath() {
        browser.leave();
        application.close();
        start(
                "--management.server.port=0",
                "--management.server.base-path=/internal",
                "--management.endpoints.web.base-path=/manage",
                "--management.endpoints.web.path-mapping.asyncloglive=log/live",
                "--management.endpoints.web.path-mapping.asynclog=log/figures");
        open(application.uri("/internal/manage/log/live"));
        assertThat(browser.count("#charts canvas")).isEqualTo(4);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysThatTheConnectionIsLostAndHowOldTheFiguresAre() {
        application.close();
        eventually().untilAsserted(() -> {
            assertThat(browser.text("#headline")).isEqualTo("No figures");
            assertThat(browser.text("#points"))
                    .matches("The application cannot be reached. What is shown below is .+ old.");
        });
        assertThat(browser.title()).startsWith("✕ No figures");
    }

    /** As somebody in between answers who wants a log-in, or a server that breaks down in the midst of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!doctype html><title>Log in</title> | The answer is none of the endpoint",
                "{\"state\":\"runni                     | The answer is none of the endpoint",
                "{}                                     | The answer cannot be shown"
            })
    void doesNotStayHealthyWhenSomethingElseAnswers(String body, String reason) {
        browser.run("const ask = window.fetch;"
                + "window.fetch = (url, options) => window.mended ? ask(url, options) : Promise.resolve(new Response('"
                + body + "'))");
        eventually().untilAsserted(() -> {
            assertThat(browser.text("#headline")).isEqualTo("No figures");
            assertThat(browser.text("#points")).matches(reason + "\\. What is shown below is .+ old\\.");
        });
        browser.run("window.mended = true");
        eventually().until(() -> browser.text("#headline").startsWith("Healthy"));
    }

    @Test
    void showsTheNewestRecordsAndFiltersThem() {
        application.log().info("Lamp is sold");
        application.log().error("Payment failed", new IllegalStateException("card declined"));
        eventually().until(() -> browser.count("#tail-records li") == 2);
        assertThat(browser.text("#tail-records")).contains("Lamp is sold").contains("card declined");
        browser.find("#tail-contains").sendKeys("declined");
        eventually().until(() -> browser.count("#tail-records li") == 1);
        assertThat(browser.text("#tail-records")).contains("Payment failed");
        browser.find("#tail-contains").clear();
        browser.find("#tail-contains").sendKeys("nothing like it");
        eventually().until(() -> browser.count("#tail-records li") == 0);
    }

    @Test
    void saysOfWhichLevelsTheRecordsAreThatItLeavesOut() {
        application.log().warn("Stock is low");
        eventually().until(() -> browser.text("#tail-records")
                .contains("Stock is low")); // or the flood hides it from the tail
        for (int i = 0; i < 10_000; i++) {
            application.log().info("Order {} is placed", i);
        }
        eventually().until(() -> browser.text("#tail-left-out").matches("[0-9,]+ records left out: .*"));
        browser.choose("#tail-level", "WARN");
        eventually().until(() -> browser.text("#tail-left-out").matches("[0-9,]+ records of all levels left out: .*"));
        eventually().until(() -> browser.text("#tail-records").contains("Stock is low"));
    }

    @Test
    void filtersAListThatIsHeld() {
        application.log().info("Lamp is sold");
        application.log().info("Chair is sold");
        eventually().until(() -> browser.count("#tail-records li") == 2);
        browser.find("#tail-hold").click();
        application.log().info("Lamp is sent");
        browser.find("#tail-contains").sendKeys("Chair");
        eventually()
                .until(() -> browser.text("#tail-records").contains("Chair") && browser.count("#tail-records li") == 1);
    }

    @Test
    void showsARecordOnceHoweverLateTheAnswersCome() {
        application.log().info("Lamp is sold");
        eventually().until(() -> browser.count("#tail-records li") == 1);
        browser.run("""
                const ask = window.fetch;
                window.late = [];
                window.fetch = (url, options) => url.includes('contains=Lamp') && !url.includes('after=')
                    ? new Promise((goOn) => window.late.push(goOn)).then(() => ask(url, { ...options, signal: null }))
                    : ask(url, options);
                """);
        browser.find("#tail-contains").sendKeys("Lamp");
        eventually().until(() -> browser.run("return window.late.length >= 2").equals(true));
        browser.run("window.late.forEach((goOn) => goOn())");
        application.log().info("Lamp is sent");
        eventually().until(() -> browser.text("#tail-records").contains("Lamp is sent"));
        assertThat(browser.count("#tail-records li")).isEqualTo(2);
    }

    @Test
    void aRecordCannotPutMarkupIntoThePage() {
        application.log().info("<img src=x onerror=alert(1)> {}", "</li><script>alert(2)</script>");
        eventually().until(() -> browser.count("#tail-records li") == 1);
        assertThat(browser.text("#tail-records .message"))
                .isEqualTo("<img src=x onerror=alert(1)> </li><script>alert(2)</script>");
        assertThat(browser.count("#tail-records img, #tail-records script")).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void hasNoBarrierThatAxeKnowsOf() {
        application.sink("audit").fail(FAULT);
        application.log().error("Payment failed", new IllegalStateException("card declined"));
        eventually().until(() -> browser.text("#headline").endsWith("audit"));
        assertThat(browser.barriers()).isEmpty();
        browser.prefer("dark");
        assertThat(browser.barriers()).isEmpty();
        browser.resize(390, 844, true);
        assertThat(browser.barriers()).isEmpty();
    }

    @Test
    void fitsAPhone() {
        browser.resize(390, 844, true);
        eventually().until(() -> browser.run("return document.documentElement.scrollWidth <= innerWidth")
                .equals(true));
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
    }

    /**
     * Leaves pictures in {@code target/screenshots}; those of the documentation were taken with
     * {@code -Dscreenshots.seconds=240}, so that the charts have something to show.
     */
    @Test
    void hasItsPicturesTaken() {
        int seconds = Integer.getInteger("screenshots.seconds", 3);
        try (BusyShop shop = new BusyShop(application.log())) {
            shop.open();
            browser.prefer("dark");
            pass(seconds);
            browser.screenshot("live-dark");
            application.sink("audit").fail(FAULT);
            pass(Math.max(seconds / 8, 3));
            eventually().until(() -> browser.text("#headline").endsWith("audit"));
            browser.prefer("light");
            pass(2);
            browser.screenshot("live-light");
            browser.resize(390, 844, true);
            pass(2);
            browser.screenshot("live-phone");
        }
        assertThat(browser.complaints()).isEmpty();
    }

    /** Waits until the page has asked this many times. */
    private static void pass(int seconds) {
        Object begin = browser.run("return Date.now()");
        await().atMost(Duration.ofSeconds(2L * seconds + 20))
                .until(() -> (Long) browser.run("return Date.now()") - (Long) begin >= 1000L * seconds);
    }

    /** Longer than the page takes, which asks once a second. */
    private static ConditionFactory eventually() {
        return await();
    }

    private static String grouped(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}
