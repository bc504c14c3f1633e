package io.asynclog.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

class ReactiveApplicationIT extends WebApplicationContract {
    ReactiveApplicationIT() {
        super(WebApplicationType.REACTIVE);
    }
}
