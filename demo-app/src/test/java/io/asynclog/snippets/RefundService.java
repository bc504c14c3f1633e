package io.asynclog.snippets;

import io.asynclog.AsyncLogger;
import io.asynclog.LogFlushException;
import io.asynclog.LogReceipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Service;

@Service
class RefundService {
    private final AsyncLogger log;

    RefundService(AsyncLogger log) {
        this.log = log;
    }

    // tag::await[]
    CompletableFuture<String> refund(String order) {
        CompletableFuture<LogReceipt> audited = log.infoAsync("Refund of order {} requested", order);
        return audited.orTimeout(5, TimeUnit.SECONDS).handle((receipt, failure) -> {
            if (failure instanceof LogFlushException notFlushed) {
                return "not refunded, not audited: " + notFlushed.failures();
            } else if (failure != null) {
                return "not refunded: " + failure;
            }
            return receipt.isLogged() ? "refunded, audit record " + receipt.sequence() : "not refunded: no auditing";
        });
    }
    // end::await[]
}
