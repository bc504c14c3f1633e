package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.asynclog.demo.DemoClient;
import io.asynclog.demo.DemoTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alerts name what a running application exposes. */
@DemoTest
class MonitoringTest {
    private static final Path FOLDER = Markdown.ROOT.resolve("docs/monitoring");
    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final Pattern ANNOTATION_LABEL = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    @Autowired
    private DemoClient demo;

    private Exposition exposed;

    @BeforeEach
    void scrape() {
        exposed = new Exposition(demo.get("/actuator/prometheus").body());
    }

    @Test
    void theParserFindsWhatAnExpressionNames() {
        PromQl parsed =
                PromQl.parse("histogram_quantile(0.9, sum by (sink, le) (rate(a_bucket{x=\"1\", y=~\"p|q\"}[5m])))"
                        + " > on (job) 2 * b or vector(0) and c{z!=\"3\", v=~\"$v\"} offset 5m");
        assertThat(parsed.selectors()).extracting(PromQl.Selector::metric).containsExactly("a_bucket", "b", "c");
        assertThat(parsed.labels()).containsExactly("job", "le", "sink");
    }

    @Test
    void everyAlertNamesWhatIsExposed() throws IOException {
        List<Map<String, Object>> alerts = alerts();
        assertThat(alerts).hasSizeGreaterThan(6);
        for (Map<String, Object> alert : alerts) {
            String expression = String.valueOf(alert.get("expr"));
            assertIsExposed(expression);
            Set<String> labels = labelsOf(expression);
            assertThat(named(ANNOTATION_LABEL, String.valueOf(alert.get("annotations"))))
                    .as("labels in the text of %s", alert.get("alert"))
                    .isSubsetOf(labels);
        }
    }

    @Test
    void everyAlertHasATestInWhichItFiresAndOneInWhichItDoesNot() throws IOException {
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (Map<String, Object> test : children(yaml("asynclog-alerts-test.yaml"), "tests")) {
            for (Map<String, Object> check : children(test, "alert_rule_test")) {
                (children(check, "exp_alerts").isEmpty() ? silent : firing).add(String.valueOf(check.get("alertname")));
            }
        }
        Set<String> names = names(alerts());
        assertThat(firing).isEqualTo(names);
        assertThat(silent).isEqualTo(names);
    }

    @Test
    void everyAlertIsExplained() throws IOException {
        Set<String> explained = new TreeSet<>();
        Markdown.of("docs/monitoring/README.md")
                .rows("What the alerts mean and what to do")
                .forEach(row -> explained.addAll(Markdown.codes(row.get(0))));
        assertThat(explained).isEqualTo(names(alerts()));
    }

    @Test
    void everyPanelNamesWhatIsExposed() throws IOException {
        List<Map<String, Object>> panels = JsonPath.read(dashboard(), "$.panels[*]");
        assertThat(panels).hasSizeGreaterThan(8);
        for (Map<String, Object> panel : panels) {
            List<Map<String, Object>> targets = children(panel, "targets");
            assertThat(targets).as("%s", panel.get("title")).isNotEmpty();
            for (Map<String, Object> target : targets) {
                String expression = String.valueOf(target.get("expr"));
                assertIsExposed(expression);
                assertThat(named(LEGEND_LABEL, String.valueOf(target.get("legendFormat"))))
                        .as("labels in the legend of %s", expression)
                        .isSubsetOf(labelsOf(expression));
            }
        }
    }

    @Test
    void everyVariableOfTheDashboardHasValues() throws IOException {
        List<String> queries = JsonPath.read(dashboard(), "$.templating.list[?(@.type == 'query')].query.query");
        assertThat(queries).hasSize(3);
        for (String query : queries) {
            Matcher values = LABEL_VALUES.matcher(query);
            assertThat(values.matches()).as(query).isTrue();
            assertIsExposed(values.group(1));
            assertThat(labelsOf(values.group(1))).contains(values.group(2));
        }
    }

    @Test
    void theDashboardCanBeImported() throws IOException {
        String json = dashboard();
        List<Integer> ids = JsonPath.read(json, "$.panels[*].id");
        assertThat(ids).doesNotHaveDuplicates();
        List<String> sources = JsonPath.read(json, "$..datasource.uid");
        assertThat(sources).isNotEmpty().containsOnly("${datasource}");
        List<String> variables = JsonPath.read(json, "$.templating.list[*].name");
        assertThat(variables).contains("datasource");
        assertThat(named(Pattern.compile("\\$\\{?([a-zA-Z]\\w*)"), json)).isSubsetOf(variables);
        List<Map<String, Integer>> places = JsonPath.read(json, "$.panels[*].gridPos");
        for (Map<String, Integer> place : places) {
            assertThat(places.stream().filter(other -> overlap(place, other)))
                    .as("%s", place)
                    .containsExactly(place);
        }
    }

    private static boolean overlap(Map<String, Integer> one, Map<String, Integer> other) {
        return one.get("x") < other.get("x") + other.get("w")
                && other.get("x") < one.get("x") + one.get("w")
                && one.get("y") < other.get("y") + other.get("h")
                && other.get("y") < one.get("y") + one.get("h");
    }

    private void assertIsExposed(String expression) {
        PromQl parsed = PromQl.parse(expression);
        assertThat(parsed.selectors()).as(expression).isNotEmpty();
        for (PromQl.Selector selector : parsed.selectors()) {
            assertThat(exposed.metrics()).as(expression).contains(selector.metric());
            for (PromQl.Matcher matcher : selector.matchers()) {
                assertThat(exposed.labels(selector.metric())).as(expression).contains(matcher.label());
                assertThat(matcher.values())
                        .as("values of %s in %s", matcher.label(), expression)
                        .allMatch(value -> exposed.has(selector.metric(), matcher.label(), value));
            }
        }
        assertThat(parsed.labels()).as(expression).isSubsetOf(labelsOf(expression));
    }

    private Set<String> labelsOf(String expression) {
        return PromQl.parse(expression).selectors().stream()
                .flatMap(selector -> exposed.labels(selector.metric()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> named(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(name -> !name.startsWith("__"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String dashboard() throws IOException {
        return Files.readString(FOLDER.resolve("asynclog-dashboard.json"));
    }

    private static List<Map<String, Object>> alerts() throws IOException {
        List<Map<String, Object>> alerts = new ArrayList<>();
        children(yaml("asynclog-alerts.yaml"), "groups").forEach(group -> alerts.addAll(children(group, "rules")));
        return alerts;
    }

    private static Set<String> names(List<Map<String, Object>> alerts) {
        return alerts.stream()
                .map(alert -> String.valueOf(alert.get("alert")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Object> yaml(String file) throws IOException {
        return new Yaml().load(Files.readString(FOLDER.resolve(file)));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> children(Map<String, Object> parent, String name) {
        return (List<Map<String, Object>>) parent.get(name);
    }
}
