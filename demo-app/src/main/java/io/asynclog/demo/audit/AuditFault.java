package io.asynclog.demo.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** A switch that makes the audit sink fail, to see what becomes of everything else. */
@Component
class AuditFault {
    enum Mode {
        /** The sink works. */
        @JsonProperty("none")
        NONE,
        /** Every flush throws. */
        @JsonProperty("throw")
        THROW,
        /** Every flush hangs until another mode is set. */
        @JsonProperty("hang")
        HANG
    }

    private Mode mode = Mode.NONE;

    synchronized Mode mode() {
        return mode;
    }

    synchronized void set(Mode value) {
        mode = value;
        notifyAll();
    }

    /** Called by the sink at each flush. */
    synchronized void strike() throws IOException, InterruptedException {
        while (mode == Mode.HANG) {
            wait();
        }
        if (mode == Mode.THROW) {
            throw new IOException("The audit store is out of order");
        }
    }

    /** Reads a mode from a request parameter, which is in small letters. */
    @Component
    static final class ModeConverter implements Converter<String, Mode> {
        @Override
        public Mode convert(String text) {
            return Mode.valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
