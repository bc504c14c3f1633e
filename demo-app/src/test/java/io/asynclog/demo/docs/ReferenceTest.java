package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.LogReceipt;
import io.asynclog.demo.DemoClient;
import io.asynclog.demo.DemoTest;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The reference names everything that there is, and nothing that there is not. */
@DemoTest
class ReferenceTest {
    private final Markdown reference = Markdown.of("docs/reference.md");

    @Autowired
    private DemoClient demo;

    @Autowired
    private MeterRegistry registry;

    @Test
    void everyPropertyIsThereWithItsDefault() {
        Map<String, String> documented = new TreeMap<>();
        for (List<String> row : reference.rows("Properties")) {
            documented.put(only(row.get(0)), String.join("", Markdown.codes(row.get(2))));
        }

        assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(DocumentedProperties.all());
        DocumentedProperties.defaults().forEach((name, value) -> {
            if (!value.isEmpty()) {
                assertThat(documented.get(name)).as(name).isEqualTo(value.replace('_', '-'));
            }
        });
    }

    @Test
    void everyMeterIsThereWithItsTypeUnitAndTags() {
        Set<List<String>> documented =
                new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
        for (List<String> row : reference.rows("Meters")) {
            documented.add(List.of(
                    only(row.get(0)),
                    row.get(1),
                    row.get(2),
                    Markdown.codes(row.get(3)).toString()));
        }
        Set<List<String>> real = new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            if (id.getName().startsWith("asynclog.")) {
                assertThat(id.getDescription()).as(id.getName()).isNotBlank();
                List<String> tags =
                        id.getTags().stream().map(Tag::getKey).sorted().toList();
                String unit = id.getBaseUnit() == null ? "" : id.getBaseUnit();
                real.add(List.of(id.getName(), word(id.getType()), unit, tags.toString()));
            }
        }

        assertThat(documented).isEqualTo(real);
    }

    @Test
    void everyFieldOfTheEndpointIsThere() {
        failAndHang();

        assertThat(firstCodes("Endpoint"))
                .isEqualTo(leaves(demo.get("/actuator/asynclog").members("$"), List.of("sinks")));
    }

    @Test
    void everyFieldOfTheHealthIsThere() {
        failAndHang();

        assertThat(firstCodes("Health"))
                .isEqualTo(leaves(
                        demo.get("/actuator/health").members("$.components.asynclog.components"),
                        List.of("sinks", "details")));
    }

    @Test
    void everyStatusOfAReceiptIsThere() {
        assertThat(firstCodes("Receipts"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(LogReceipt.Status.values())
                        .map(LogReceipt.Status::name)
                        .toList());
    }

    @Test
    void everyExceptionIsThere() {
        assertThat(firstCodes("Exceptions"))
                .containsExactlyInAnyOrder(
                        "LogFlushException",
                        "LogOverflowException",
                        "LogShutdownException",
                        "LogStoreException",
                        "InvalidOptionException",
                        "InvalidSinkException",
                        "IllegalStateException");
    }

    /** So that the fields of a failure, and of a sink that is stuck, have values. */
    private void failAndHang() {
        demo.setFault("throw");
        demo.post("/orders/" + demo.placeOrder() + "/payment");
        demo.setFault("hang");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> demo.get("/actuator/health").status() == 503);
    }

    private Set<String> firstCodes(String heading) {
        Set<String> names = new TreeSet<>();
        reference.rows(heading).forEach(row -> names.add(only(row.get(0))));
        return names;
    }

    private static String only(String cell) {
        return Markdown.codes(cell).get(0);
    }

    private static String word(Meter.Type type) {
        return switch (type) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case TIMER -> "timer";
            default -> type.name();
        };
    }

    /** Returns the paths of all values, with a placeholder for the names of sinks, which are below a path. */
    private static Set<String> leaves(Map<?, ?> object, List<String> sinks) {
        Set<String> paths = new TreeSet<>();
        collect(object, List.of(), sinks, paths);
        return paths;
    }

    private static void collect(Map<?, ?> object, List<String> parents, List<String> sinks, Set<String> paths) {
        object.forEach((key, value) -> {
            List<String> path = new ArrayList<>(parents);
            path.add(parents.equals(sinks) ? "<name>" : String.valueOf(key));
            if (value instanceof Map<?, ?> child) {
                collect(child, path, sinks, paths);
            } else if (!(value == null && path.get(path.size() - 1).equals("lastFailure"))) {
                paths.add(String.join(".", path));
            }
        });
    }
}
