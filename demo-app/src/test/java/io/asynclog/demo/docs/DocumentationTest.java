package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.InvalidOptionException;
import io.asynclog.demo.docs.Markdown.Block;
import io.asynclog.layout.PatternLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

/** The documentation shows code that compiles and properties that exist, and links to what is there. */
class DocumentationTest {
    static List<Markdown> pages() {
        return Markdown.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyJavaBlockIsTakenFromSourceThatCompiles(Markdown page) throws IOException {
        for (Block block : page.blocks()) {
            if (block.language().equals("java")) {
                assertThat(block.source())
                        .as("source of the block\n%s", block.code())
                        .isNotNull();
                assertThat(block.code()).isEqualTo(region(Markdown.ROOT.resolve(block.source()), block.tag()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPropertyOfAYamlBlockExists(Markdown page) {
        Set<String> known = new HashSet<>(DocumentedProperties.all());
        for (Block block : page.blocks()) {
            if (block.language().equals("yaml")) {
                assertThat(ownKeys(block.code())).isSubsetOf(known);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Markdown page) {
        assertThat(page.links()).allSatisfy(link -> assertThat(link).exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkToAHeadingFindsIt(Markdown page) {
        assertThat(page.anchors()).allSatisfy(anchor -> assertThat(Markdown.headings(anchor.page()))
                .contains(anchor.heading()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "CONTRIBUTING.md"})
    void everyClassThatIsNamedExists(String page) throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(Markdown.ROOT)) {
            classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        classes.addAll(Set.of("CompletableFuture", "DataSize", "Duration", "Thread", "ThreadLocal"));
        List<String> named = Markdown.codes(Markdown.of(page).text()).stream()
                .filter(code -> code.matches("([A-Z][a-z]+)+(\\.[a-z]\\w*)?"))
                .map(code -> code.replaceFirst("\\..*", ""))
                .collect(Collectors.toList());

        assertThat(named).isNotEmpty().isSubsetOf(classes);
    }

    @Test
    void theReadmeNamesTheStarterAsItIsBuilt() throws IOException {
        String starter = Files.readString(Markdown.ROOT.resolve("starter/pom.xml"));
        String dependency = Markdown.of("README.md").blocks().stream()
                .filter(block -> block.language().equals("xml"))
                .findFirst()
                .orElseThrow()
                .code();

        assertThat(between(dependency, "artifactId")).isEqualTo("asynclog-spring-boot-starter");
        assertThat(starter).contains("<artifactId>asynclog-spring-boot-starter</artifactId>");
        assertThat(starter).contains("<groupId>" + between(dependency, "groupId") + "</groupId>");
        assertThat(starter).contains("<version>" + between(dependency, "version") + "</version>");
    }

    @Test
    void everyPatternThatIsSaidToBeRefusedIs() {
        String page = Markdown.of("docs/reference.md").text();
        int begin = page.indexOf("in a pattern that you take over: ");
        List<String> refused = Markdown.codes(page.substring(begin, page.indexOf("\n\n", begin))).stream()
                .filter(pattern -> !pattern.startsWith("%clr"))
                .collect(Collectors.toList());

        assertThat(refused).hasSizeGreaterThan(10).allSatisfy(pattern -> assertThatThrownBy(
                        () -> new PatternLayout("console.pattern", pattern, false))
                .isInstanceOf(InvalidOptionException.class));
    }

    private static List<String> ownKeys(String yaml) {
        YamlPropertiesFactoryBean factory = new YamlPropertiesFactoryBean();
        factory.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        Properties properties = factory.getObject();
        return properties == null
                ? List.of()
                : properties.stringPropertyNames().stream()
                        .filter(key -> key.startsWith("asynclog."))
                        .map(key -> key.replaceFirst("^asynclog\\.sinks\\.[^.]+", "asynclog.sinks.<name>"))
                        .collect(Collectors.toList());
    }

    private static String region(Path source, String tag) throws IOException {
        String text = Files.readString(source);
        int begin = text.indexOf('\n', text.indexOf("// tag::" + tag + "[]")) + 1;
        int end = text.lastIndexOf('\n', text.indexOf("// end::" + tag + "[]")) + 1;
        return text.substring(begin, end).stripTrailing().stripIndent() + "\n";
    }

    private static String between(String xml, String element) {
        int begin = xml.indexOf("<" + element + ">") + element.length() + 2;
        return xml.substring(begin, xml.indexOf("</" + element + ">"));
    }
}
