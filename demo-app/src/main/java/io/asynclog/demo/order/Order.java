package io.asynclog.demo.order;

/** An order. */
record Order(String id, String customer, String item, int quantity, Status status) {
    enum Status {
        PLACED,
        PAID
    }

    Order paid() {
        return new Order(id, customer, item, quantity, Status.PAID);
    }
}
