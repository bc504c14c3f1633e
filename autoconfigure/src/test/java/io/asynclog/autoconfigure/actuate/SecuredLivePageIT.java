package io.asynclog.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.autoconfigure.RequiresTools;
import io.asynclog.snippets.PageSecurity;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The live page in a real browser, behind Spring Security and a Content-Security-Policy of the application's own. */
@Tag("security")
@RequiresTools({Browser.CHROMIUM, Browser.DRIVER})
class SecuredLivePageIT {
    private static final String AUDIT = "[data-sink=audit] ";

    private final Browser browser = new Browser();
    private LiveApplication application;

    @AfterEach
    void close() {
        browser.close();
        application.close();
    }

    private void openAs(Class<?> configuration) {
        application = new LiveApplication(
                WebApplicationType.SERVLET,
                configuration,
                "--management.endpoint.asynclog.access=unrestricted",
                "--spring.security.user.name=ada",
                "--spring.security.user.password=secret",
                "--spring.security.user.roles=OPERATOR");
        byte[] credentials = "ada:secret".getBytes(StandardCharsets.UTF_8);
        browser.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        browser.open(application.page());
        await().until(() -> browser.text("#headline").startsWith("Healthy"));
    }

    @Test
    void actsWithTheTokenOfTheCookie() {
        openAs(WithCookie.class);
        assertThat(browser.count("#charts canvas")).isEqualTo(4);
        browser.press(AUDIT, "Pause");
        await().until(() -> browser.text(AUDIT + ".state").equals("paused"));
        assertThat(application.report().sinks().get("audit").state()).isEqualTo("paused");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysWhatIsMissingWhereItIsGivenNoToken() {
        openAs(LiveApplication.Shop.class);
        browser.press(AUDIT, "Pause");
        await().until(() -> browser.text("#outcome").startsWith("audit: pause failed. Refused (40"));
        assertThat(browser.text("#outcome")).contains("CSRF token");
        assertThat(application.report().sinks().get("audit").state()).isEqualTo("running");
    }

    @Test
    void saysThatNobodyIsSignedInAnyMore() {
        openAs(WithCookie.class);
        browser.setHeader("Authorization", "Basic wrong");
        await().until(() -> browser.text("#points").startsWith("You are not signed in any more"));
        assertThat(browser.text("#headline")).isEqualTo("No figures");
    }

    @Configuration(proxyBeanMethods = false)
    @Import({LiveApplication.Shop.class, PageSecurity.class})
    static class WithCookie {
        @Bean
        Filter contentSecurityPolicy() {
            return (request, response, chain) -> {
                ((HttpServletResponse) response)
                        .setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
                chain.doFilter(request, response);
            };
        }
    }
}
