package io.asynclog.autoconfigure;

import io.asynclog.InvalidSinkException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells which sink cannot be opened, why, and what to do. */
final class InvalidSinkFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSinkException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSinkException cause) {
        String reason = cause.reason().replace("'sinks.", "'" + AsyncLogProperties.PREFIX + ".sinks.");
        return new FailureAnalysis("Sink '" + cause.sink() + "' cannot be opened:\n\n" + reason, cause.action(), cause);
    }
}
