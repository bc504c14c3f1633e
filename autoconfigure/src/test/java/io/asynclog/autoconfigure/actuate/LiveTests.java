package io.asynclog.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.PropertiesLoaderUtils;

class LiveTests {
    private static final String CHARTS_VERSION = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(
            EndpointAutoConfiguration.class,
            WebEndpointAutoConfiguration.class,
            AsyncLogAutoConfiguration.class,
            AsyncLogEndpointAutoConfiguration.class,
            AsyncLogLiveAutoConfiguration.class);

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(CONFIGURATIONS)
            .withPropertyValues("asynclog.console.enabled=false");

    private final WebApplicationContextRunner exposed =
            runner.withPropertyValues("management.endpoints.web.exposure.include=asynclog,asyncloglive");

    @Test
    void isThereWhenExposed() {
        exposed.run(context -> assertThat(context).hasSingleBean(AsyncLogLiveEndpoint.class));
    }

    @Test
    void isAbsentWhenNotExposed() {
        runner.run(context -> assertThat(context).doesNotHaveBean(AsyncLogLiveEndpoint.class));
    }

    @Test
    void isAbsentWhenAccessIsNone() {
        exposed.withPropertyValues("management.endpoint.asyncloglive.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(AsyncLogLiveEndpoint.class));
    }

    @Test
    void isAbsentWithoutAWebServer() {
        new ApplicationContextRunner()
                .withConfiguration(CONFIGURATIONS)
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context).doesNotHaveBean(AsyncLogLiveEndpoint.class));
    }

    @Test
    void isAbsentWithoutActuator() {
        new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogLiveAutoConfiguration.class))
                .withPropertyValues("asynclog.console.enabled=false")
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("asyncLogLiveEndpoint"));
    }

    @Test
    void isAbsentWithoutAnEngine() {
        exposed.withPropertyValues("asynclog.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(AsyncLogLiveEndpoint.class));
    }

    @Test
    void offersNoActionsUnlessTheEndpointActs() {
        exposed.run(page(html -> assertThat(html).contains("data-actions=\"false\"")));
        exposed.withPropertyValues("management.endpoint.asynclog.access=UNRESTRICTED")
                .run(page(html -> assertThat(html).contains("data-actions=\"true\"")));
        exposed.withPropertyValues(
                        "management.endpoint.asynclog.access=UNRESTRICTED",
                        "management.endpoints.access.max-permitted=READ_ONLY")
                .run(page(html -> assertThat(html).contains("data-actions=\"false\"")));
    }

    @Test
    void saysWhetherThereIsATail() {
        exposed.run(page(html -> assertThat(html).contains("data-tail=\"false\"")));
        exposed.withPropertyValues("asynclog.tail.enabled=true")
                .run(page(html -> assertThat(html).contains("data-tail=\"true\"")));
    }

    @Test
    void escapesTheNameOfTheApplication() {
        exposed.withPropertyValues("spring.application.name=<b>\"shop\"</b>").run(page(html -> assertThat(html)
                .contains("<h1>Logging of &lt;b&gt;&quot;shop&quot;&lt;/b&gt;</h1>")
                .doesNotContain("<b>")));
    }

    @Test
    void linksToItsFilesAndTheEndpointWhereverTheyAre() {
        exposed.run(page(html ->
                assertThat(html).contains("src=\"asyncloglive/live.js\"").contains("data-endpoint=\"asynclog\"")));
        exposed.withPropertyValues(
                        "management.endpoints.web.path-mapping.asyncloglive=ops/live",
                        "management.endpoints.web.path-mapping.asynclog=ops/logging")
                .run(page(html -> assertThat(html)
                        .contains("src=\"live/live.js\"")
                        .contains("data-endpoint=\"../ops/logging\"")));
    }

    @Test
    void saysSoWhenTheEndpointIsNotExposed() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=asyncloglive")
                .run(page(html -> assertThat(html).contains("data-endpoint=\"\"")));
    }

    @Test
    void hasNoInlineScriptOrStyle() {
        exposed.run(page(html -> assertThat(html)
                .containsPattern("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
                .doesNotContain("unsafe-inline", "style=", "<style", "onclick")
                .doesNotContainPattern("<script(?! src=)")
                .doesNotContain("{{")));
    }

    @Test
    void aNativeImageContainsItsFiles() throws IOException {
        RuntimeHints hints = new RuntimeHints();
        for (Class<? extends RuntimeHintsRegistrar> registrar : AsyncLogLiveAutoConfiguration.class
                .getAnnotation(ImportRuntimeHints.class)
                .value()) {
            BeanUtils.instantiateClass(registrar)
                    .registerHints(hints, getClass().getClassLoader());
        }
        String folder = "io/asynclog/autoconfigure/actuate/live/";
        Resource[] own = new PathMatchingResourcePatternResolver().getResources("classpath:" + folder + "*");
        assertThat(own)
                .extracting(Resource::getFilename)
                .contains("live.html", "live.js")
                .allMatch(name -> RuntimeHintsPredicates.resource()
                        .forResource(folder + name)
                        .test(hints));
        assertThat(List.of("uPlot.min.js", "uPlot.min.css"))
                .map(new LiveFiles()::find)
                .allMatch(Resource::exists)
                .map(file -> ((ClassPathResource) file).getPath())
                .contains("META-INF/resources/webjars/uplot/" + chartsVersion() + "/dist/uPlot.min.css")
                .allMatch(path ->
                        RuntimeHintsPredicates.resource().forResource(path).test(hints));
        assertThat(RuntimeHintsPredicates.resource().forResource(CHARTS_VERSION))
                .accepts(hints);
    }

    private static String chartsVersion() throws IOException {
        return PropertiesLoaderUtils.loadAllProperties(CHARTS_VERSION).getProperty("version");
    }

    private static ContextConsumer<AssertableWebApplicationContext> page(Consumer<String> check) {
        return context ->
                check.accept(context.getBean(AsyncLogLiveEndpoint.class).page().getBody());
    }
}
