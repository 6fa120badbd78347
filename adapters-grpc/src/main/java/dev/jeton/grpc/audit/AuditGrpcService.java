package dev.jeton.grpc.audit;

import static dev.jeton.grpc.call.CallContext.caller;

import dev.jeton.application.page.Page;
import dev.jeton.application.port.inbound.audit.AuditTrail;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.grpc.call.Replies;
import dev.jeton.grpc.message.PageQuery;
import dev.jeton.grpc.message.PageTokens;
import dev.jeton.v1.AuditServiceGrpc;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListAuditEventsResponse;
import io.grpc.stub.StreamObserver;

/** Serves {@link AuditTrail}. Thread-safe; its methods block. */
public final class AuditGrpcService extends AuditServiceGrpc.AuditServiceImplBase {
    private final AuditTrail trail;
    private final PageTokens pageTokens;

    public AuditGrpcService(AuditTrail trail, PageTokens pageTokens) {
        this.trail = trail;
        this.pageTokens = pageTokens;
    }

    @Override
    public void listAuditEvents(ListAuditEventsRequest request, StreamObserver<ListAuditEventsResponse> replies) {
        PageQuery query = pageTokens.query(caller(), request);
        Page<AuditEvent> page = trail.list(caller(), AuditProtos.listAuditEvents(request, query));
        Replies.send(replies, AuditProtos.events(page, query));
    }
}
