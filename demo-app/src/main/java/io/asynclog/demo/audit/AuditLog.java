package io.asynclog.demo.audit;

import io.asynclog.AsyncLogger;
import io.asynclog.LogReceipt;
import io.asynclog.demo.DemoProperties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Writes audit records, and tells when they are flushed. */
@Component
public class AuditLog {
    private final AsyncLogger log;
    private final long timeoutMillis;

    AuditLog(AsyncLogger log, DemoProperties properties) {
        this.log = log;
        timeoutMillis = properties.auditTimeout().toMillis();
    }

    /**
     * Returns a future that completes when every required sink has flushed the record, and fails when that takes too
     * long.
     */
    public CompletableFuture<LogReceipt> write(String message, Object... args) {
        return log.infoAsync(message, args)
                .orTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .thenApply(AuditLog::requireLogged);
    }

    private static LogReceipt requireLogged(LogReceipt receipt) {
        if (!receipt.isLogged()) {
            throw new AuditSwitchedOffException(receipt.status());
        }
        return receipt;
    }
}
