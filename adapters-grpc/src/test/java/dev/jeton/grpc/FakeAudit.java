package dev.jeton.grpc;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.application.port.inbound.audit.ListAuditEvents;
import dev.jeton.domain.audit.AuditEvent;
import java.util.List;

/** Answers every call with one page. */
public final class FakeAudit extends FakePort implements AuditTrail {
    private Page<AuditEvent> page = new Page<>(List.of(), null);

    public void answerWith(Page<AuditEvent> next) {
        page = next;
    }

    @Override
    public Page<AuditEvent> list(Caller caller, ListAuditEvents query) {
        return answer(page, "list", caller, query);
    }
}
