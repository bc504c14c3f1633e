package io.asynclog.demo.docs;

import com.jayway.jsonpath.JsonPath;
import io.asynclog.autoconfigure.AsyncLogProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The properties that there are: those of the generated metadata, and those of a sink, which are below a name. */
final class DocumentedProperties {
    private DocumentedProperties() {}

    /** Returns the names. */
    static List<String> all() {
        List<String> names = new ArrayList<>(defaults().keySet());
        names.remove("asynclog.sinks");
        names.addAll(components(AsyncLogProperties.Sink.class, "asynclog.sinks.<name>."));
        return names;
    }

    /** Returns the defaults in the metadata by name, empty where there is none. */
    static Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        try {
            for (URL url : Collections.list(DocumentedProperties.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream metadata = url.openStream()) {
                    List<Map<String, Object>> properties =
                            JsonPath.parse(metadata).read("$.properties");
                    for (Map<String, Object> property : properties) {
                        String name = String.valueOf(property.get("name"));
                        if (name.startsWith("asynclog.") || name.matches("management\\..*\\.asynclog\\..*")) {
                            defaults.put(name, String.valueOf(property.getOrDefault("defaultValue", "")));
                        }
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return defaults;
    }

    private static List<String> components(Class<?> type, String prefix) {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name =
                    prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                names.addAll(components(component.getType(), name + "."));
            } else {
                names.add(name);
            }
        }
        return names;
    }
}
