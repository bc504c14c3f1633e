package io.asynclog.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

class ServletApplicationIT extends WebApplicationContract {
    ServletApplicationIT() {
        super(WebApplicationType.SERVLET);
    }
}
