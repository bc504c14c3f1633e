package io.asynclog.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

class ServletActionsIT extends ActionsContract {
    ServletActionsIT() {
        super(WebApplicationType.SERVLET);
    }
}
