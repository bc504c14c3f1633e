package io.asynclog.autoconfigure.actuate;

import org.junit.jupiter.api.Tag;
import org.springframework.boot.WebApplicationType;

@Tag("jersey")
class JerseyLiveIT extends LiveContract {
    JerseyLiveIT() {
        super(WebApplicationType.SERVLET);
    }
}
