package io.asynclog.autoconfigure.actuate;

import org.springframework.boot.WebApplicationType;

class ServletManagementIT extends ManagementContract {
    ServletManagementIT() {
        super(WebApplicationType.SERVLET);
    }
}
