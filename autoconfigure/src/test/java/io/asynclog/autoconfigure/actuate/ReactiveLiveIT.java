package io.asynclog.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

class ReactiveLiveIT extends LiveContract {
    ReactiveLiveIT() {
        super(WebApplicationType.REACTIVE);
    }
}
