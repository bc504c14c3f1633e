package io.asynclog.autoconfigure.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.util.ClassUtils;

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
    /** Says which version of the library is there: in a native image nobody can look for its folder. */
    private static final String CHARTS_VERSION = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private static final String CHARTS_FOLDER = "META-INF/resources/webjars/uplot/";
    private static final Map<String, String> CHARTS =
            Map.of("uPlot.min.js", "/dist/uPlot.iife.min.js", "uPlot.min.css", "/dist/uPlot.min.css");

    /** Returns a file of the page, or null when it has none of this name. */
    @Nullable
    Resource find(String name) {
        if (OWN.contains(name)) {
            return new ClassPathResource(FOLDER + name, LiveFiles.class);
        }
        String charts = CHARTS.get(name);
        return charts == null ? null : ofCharts(charts);
    }

    private static @Nullable Resource ofCharts(String path) {
        ClassLoader loader = LiveFiles.class.getClassLoader();
        Resource version = new ClassPathResource(CHARTS_VERSION, loader);
        if (!version.exists()) {
            return null;
        }
        try {
            String folder = PropertiesLoaderUtils.loadProperties(version).getProperty("version");
            return new ClassPathResource(CHARTS_FOLDER + folder + path, loader);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String typeOf(String name) {
        return name.endsWith(".js") ? SCRIPT : name.endsWith(".css") ? STYLE : IMAGE;
    }

    /** Has a native image contain all files of the page. */
    static final class Hints implements RuntimeHintsRegistrar {
        @Override
        public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
            hints.resources()
                    .registerPattern(ClassUtils.classPackageAsResourcePath(LiveFiles.class) + "/" + FOLDER + "*")
                    .registerPattern(CHARTS_VERSION);
            CHARTS.values().forEach(path -> hints.resources().registerPattern(CHARTS_FOLDER + "*" + path));
        }
    }
}
