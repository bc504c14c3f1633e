package io.asynclog.autoconfigure.actuate;

import org.junit.jupiter.api.Tag;
import org.springframework.boot.WebApplicationType;

@Tag("jersey")
class JerseyActionsIT extends ActionsContract {
    JerseyActionsIT() {
        super(WebApplicationType.SERVLET);
    }

    /** Jersey takes what has no type for any, and Spring Boot the parameters of the query for those of a body. */
    @Override
    boolean actsWithoutType() {
        return true;
    }
}
