package io.asynclog.demo.audit;

import io.asynclog.LogReceipt;

/** There is no audit: its level lets no audit record through, or there is no engine to confirm one. */
public final class AuditSwitchedOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditSwitchedOffException(LogReceipt.Status status) {
        super(cause(status) + ": there is no audit.");
    }

    private static String cause(LogReceipt.Status status) {
        return status == LogReceipt.Status.PASSED_ON
                ? "asynclog.enabled is false"
                : "The level of the logger " + AuditLog.class.getName() + " is above INFO";
    }
}
