package io.asynclog.demo.order;

import io.asynclog.AsyncLogger;
import io.asynclog.demo.audit.AuditLog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Service;

/** Keeps orders in memory. */
@Service
class OrderService {
    private final Map<String, Order> orders = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private final AsyncLogger log;
    private final AuditLog audit;

    OrderService(AsyncLogger log, AuditLog audit) {
        this.log = log;
        this.audit = audit;
    }

    Order place(OrderRequest request) {
        String id = Long.toString(lastNumber.incrementAndGet());
        Order order = new Order(id, request.customer(), request.item(), request.quantity(), Order.Status.PLACED);
        orders.put(id, order);
        log.info("Order {} placed: {} x {} for {}", id, order.quantity(), order.item(), order.customer());
        return order;
    }

    Optional<Order> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }

    /** Marks the order as paid once the audit record is flushed, and leaves it as it is when that fails. */
    CompletableFuture<Order> pay(Order order) {
        return audit.write("Payment requested: order {} of {}", order.id(), order.customer())
                .thenApply(receipt -> {
                    Order paid = order.paid();
                    orders.put(paid.id(), paid);
                    log.info("Order {} paid, audit record {}", paid.id(), receipt.sequence());
                    return paid;
                });
    }
}
