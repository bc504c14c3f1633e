package io.asynclog.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

class ServletLiveIT extends LiveContract {
    ServletLiveIT() {
        super(WebApplicationType.SERVLET);
    }
}
