package io.asynclog.demo;

import io.asynclog.AsyncLogException;
import io.asynclog.LogFlushException;
import io.asynclog.demo.audit.AuditSwitchedOffException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers 503 where an audit record was not confirmed: the client may try again. */
@RestControllerAdvice
class NotConfirmedAdvice {
    @ExceptionHandler
    ProblemDetail notFlushed(LogFlushException failure) {
        ProblemDetail problem = notConfirmed("A sink did not take the audit record.");
        Map<String, String> failures = new TreeMap<>();
        failure.failures().forEach((sink, cause) -> failures.put(sink, cause.toString()));
        problem.setProperty("failures", failures);
        return problem;
    }

    @ExceptionHandler
    ProblemDetail notInTime(TimeoutException failure) {
        return notConfirmed("The audit record was not flushed in time.");
    }

    @ExceptionHandler({AsyncLogException.class, AuditSwitchedOffException.class})
    ProblemDetail notTaken(RuntimeException failure) {
        return notConfirmed(failure.getMessage());
    }

    private static ProblemDetail notConfirmed(@Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.SERVICE_UNAVAILABLE);
        problem.setTitle("Not confirmed");
        problem.setDetail(detail);
        return problem;
    }
}
