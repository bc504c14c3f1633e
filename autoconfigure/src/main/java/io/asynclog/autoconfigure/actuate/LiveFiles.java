package io.asynclog.autoconfigure.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of the live page, by name: its own, and those of the library for charts where that is on the class path.
 */
final class LiveFiles {
    static final String SCRIPT = "text/javascript";
    static final String STYLE = "text/css";
    static final String IMAGE = "image/svg+xml";

    private static final String FOLDER = "live/";
    private static final Set<String> OWN = Set.of(
            "actions.js",
            "charts.js",
            "dom.js",
            "endpoint.js",
            "format.js",
            "history.js",
            "icon.svg",
            "live.css",
            "live.js",
            "overview.js",
            "sinks.js",
            "tail.js",
            "verdict.js");
    /** Whichever version is there. */
    private static final Map<String, String> CHARTS = Map.of(
            "uPlot.min.js", "classpath*:META-INF/resources/webjars/uplot/*/dist/uPlot.iife.min.js",
            "uPlot.min.css", "classpath*:META-INF/resources/webjars/uplot/*/dist/uPlot.min.css");

    /** Returns a file of the page, or null when it has none of this name. */
    @Nullable
    Resource find(String name) {
        if (OWN.contains(name)) {
            return new ClassPathResource(FOLDER + name, LiveFiles.class);
        }
        String pattern = CHARTS.get(name);
        return pattern == null ? null : findFirst(pattern);
    }

    private static @Nullable Resource findFirst(String pattern) {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver(LiveFiles.class.getClassLoader())
                            .getResources(pattern))
                    .findFirst()
                    .orElse(null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String typeOf(String name) {
        return name.endsWith(".js") ? SCRIPT : name.endsWith(".css") ? STYLE : IMAGE;
    }
}
