package io.asynclog.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;

/**
 * {@link WebEndpoint @WebEndpoint} that answers a page for browsers, which shows what the {@link AsyncLogEndpoint}
 * tells and offers what that one does, and the files that the page is made of.
 */
@WebEndpoint(id = "asyncloglive", defaultAccess = Access.READ_ONLY)
public final class AsyncLogLiveEndpoint {
    private static final String HTML = "text/html";

    private final LivePage page;
    private final LiveFiles files = new LiveFiles();

    AsyncLogLiveEndpoint(LivePage page) {
        this.page = page;
    }

    /** Returns the page. */
    @ReadOperation(produces = HTML)
    public WebEndpointResponse<String> page() {
        return new WebEndpointResponse<>(page.html(), MimeType.valueOf(HTML + ";charset=UTF-8"));
    }

    /**
     * Returns a script, a style sheet or the icon of the page.
     *
     * @return 404 when the page has no file of this name
     */
    @ReadOperation(produces = {LiveFiles.SCRIPT, LiveFiles.STYLE, LiveFiles.IMAGE})
    public WebEndpointResponse<Resource> file(@Selector String name) {
        Resource file = files.find(name);
        return file == null
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                : new WebEndpointResponse<>(file, MimeType.valueOf(LiveFiles.typeOf(name) + ";charset=UTF-8"));
    }
}
