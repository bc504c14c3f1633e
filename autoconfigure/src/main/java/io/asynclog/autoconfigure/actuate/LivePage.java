package io.asynclog.autoconfigure.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.util.HtmlUtils;

/**
 * The document of the live page. It tells the scripts what they could not find out without trying: where the endpoint
 * is, and whether it acts and has a tail. All links are relative, so that they hold behind any base path, port or
 * proxy.
 */
final class LivePage {
    private static final EndpointId FIGURES = EndpointId.of("asynclog");
    private static final EndpointId PAGE = EndpointId.of("asyncloglive");

    private final Supplier<PathMappedEndpoints> paths;
    private final EndpointAccessResolver access;
    private final String application;
    private final boolean hasTail;
    private final String template = template();

    LivePage(Supplier<PathMappedEndpoints> paths, EndpointAccessResolver access, String application, boolean hasTail) {
        this.paths = paths;
        this.access = access;
        this.application = application;
        this.hasTail = hasTail;
    }

    String html() {
        PathMappedEndpoints endpoints = paths.get();
        String page = rootPath(endpoints, PAGE);
        String figures = rootPath(endpoints, FIGURES);
        String up = "../".repeat((int) page.chars().filter(c -> c == '/').count());
        return template.replace("{{files}}", attribute(page.substring(page.lastIndexOf('/') + 1)))
                .replace("{{endpoint}}", attribute(figures.isEmpty() ? "" : up + figures))
                .replace("{{actions}}", String.valueOf(mayAct()))
                .replace("{{tail}}", String.valueOf(hasTail))
                .replace("{{application}}", attribute(application));
    }

    private boolean mayAct() {
        return access.accessFor(FIGURES, Access.READ_ONLY) == Access.UNRESTRICTED;
    }

    /** Returns an endpoint's path below the base path, empty when it is not exposed. */
    private static String rootPath(PathMappedEndpoints endpoints, EndpointId id) {
        @Nullable String path = endpoints.getRootPath(id);
        return path == null ? "" : path;
    }

    private static String attribute(String value) {
        return HtmlUtils.htmlEscape(value);
    }

    private static String template() {
        try {
            return new ClassPathResource("live/live.html", LivePage.class).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
