package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogger;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Keeps a request waiting until it is told to answer. */
@RestController
class SlowController {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AsyncLogger log;

    SlowController(AsyncLogger log) {
        this.log = log;
    }

    @GetMapping("/slow")
    String slow() throws InterruptedException {
        requested.countDown();
        released.await();
        log.info("answered the last request");
        return "done";
    }

    @EventListener
    void closing(ContextClosedEvent event) {
        closing.countDown();
    }

    void awaitRequest() throws InterruptedException {
        requested.await();
    }

    void awaitClosing() throws InterruptedException {
        closing.await();
    }

    void goOn() {
        released.countDown();
    }
}
