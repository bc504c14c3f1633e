package io.asynclog.autoconfigure.actuate;

import io.asynclog.snippets.EndpointSecurity;
import io.asynclog.snippets.PageSecurity;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Tag("security")
class SecuredServletIT extends SecuredContract {
    SecuredServletIT() {
        super(
                WebApplicationType.SERVLET,
                Basic.class,
                Cookie.class,
                401); // 403, but the page that would say so needs credentials, too
    }

    @Configuration(proxyBeanMethods = false)
    @Import({WebApplication.Application.class, EndpointSecurity.class})
    static class Basic {}

    @Configuration(proxyBeanMethods = false)
    @Import({WebApplication.Application.class, PageSecurity.class})
    static class Cookie {}
}
