package io.asynclog.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

class ReactiveActionsIT extends ActionsContract {
    ReactiveActionsIT() {
        super(WebApplicationType.REACTIVE);
    }
}
