package io.asynclog.demo.audit;

/** The level of the audit log lets no audit record through. */
public final class AuditSwitchedOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditSwitchedOffException() {
        super("The level of the logger " + AuditLog.class.getName() + " is above INFO: there is no audit.");
    }
}
