package io.asynclog.demo.audit;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail over HTTP, and the switch that makes it fail. */
@RestController
@RequestMapping("/audit")
class AuditController {
    private final AuditTrail trail;
    private final AuditFault fault;

    AuditController(AuditTrail trail, AuditFault fault) {
        this.trail = trail;
        this.fault = fault;
    }

    @GetMapping
    List<AuditEntry> entries() {
        return trail.entries();
    }

    @GetMapping("/fault")
    FaultState fault() {
        return new FaultState(fault.mode());
    }

    @PostMapping("/fault")
    FaultState setFault(@RequestParam AuditFault.Mode mode) {
        fault.set(mode);
        return fault();
    }

    /** What the switch is at. */
    record FaultState(AuditFault.Mode mode) {}
}
