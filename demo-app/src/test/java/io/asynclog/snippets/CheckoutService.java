package io.asynclog.snippets;

// tag::inject[]
import io.asynclog.AsyncLogger;
import org.springframework.stereotype.Service;

@Service
class CheckoutService {
    private final AsyncLogger log;

    CheckoutService(AsyncLogger log) { // named after this class
        this.log = log;
    }

    void checkout(String cart, int items) {
        log.info("Cart {} is checked out with {} items", cart, items);
    }
}
// end::inject[]
