package io.asynclog.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

class ReactiveManagementIT extends ManagementContract {
    ReactiveManagementIT() {
        super(WebApplicationType.REACTIVE);
    }
}
