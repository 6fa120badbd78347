package dev.jeton.grpc.audit;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Page;
import dev.jeton.application.port.inbound.audit.ListAuditEvents;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.audit.ResourceType;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.InvalidArgument;
import dev.jeton.grpc.message.EnumMapping;
import dev.jeton.grpc.message.Ids;
import dev.jeton.grpc.message.PageQuery;
import dev.jeton.grpc.message.ReplyPages;
import dev.jeton.grpc.message.RequestReader;
import dev.jeton.grpc.message.Times;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListAuditEventsResponse;

/** Converts the requests and replies of {@link AuditGrpcService}. */
final class AuditProtos {
    private static final int MAX_ACTION = 64;
    private static final EnumMapping<ResourceType, dev.jeton.v1.ResourceType> TYPES =
            EnumMapping.byName(ResourceType.class, dev.jeton.v1.ResourceType.class, "RESOURCE_TYPE_");

    private AuditProtos() {}

    static ListAuditEvents listAuditEvents(ListAuditEventsRequest request, PageQuery query) {
        RequestReader read = new RequestReader();
        var tenantId = read.unlessEmpty("tenant_id", request.getTenantId(), Ids::tenant);
        var resourceId = read.unlessEmpty("resource_id", request.getResourceId(), Ids::uuid);
        var actorId = read.unlessEmpty("actor_id", request.getActorId(), Ids::user);
        var action = read.unlessEmpty("action", request.getAction(), AuditProtos::action);
        var from = read.ifPresent(request.hasFrom(), "from", request.getFrom(), Times::instant);
        var until = read.ifPresent(request.hasUntil(), "until", request.getUntil(), Times::instant);
        var page = read.page(request.getPageSize(), request.getPageToken(), query);
        return read.build(() -> {
            read.check(
                    from.get() == null || until.get() == null || from.get().isBefore(until.get()),
                    "until",
                    ErrorReason.OUT_OF_RANGE,
                    "must be after from");
            return new ListAuditEvents(
                    tenantId.get(),
                    new AuditFilter(resourceId.get(), actorId.get(), action.get(), from.get(), until.get()),
                    page.get());
        });
    }

    private static String action(String text) {
        if (text.length() > MAX_ACTION) {
            throw new InvalidArgument(ErrorReason.TOO_LONG, "must have at most %s characters".formatted(MAX_ACTION));
        }
        if (!text.chars().allMatch(Character::isLetter)) {
            throw new InvalidArgument(
                    ErrorReason.INVALID_CHARACTER,
                    "must be the name of an RPC, such as CancelToken; only letters are allowed");
        }
        return text;
    }

    static ListAuditEventsResponse events(Page<AuditEvent> page, PageQuery query) {
        Page<dev.jeton.v1.AuditEvent> fitting =
                ReplyPages.of(page, AuditProtos::event, event -> event.id().value());
        return ListAuditEventsResponse.newBuilder()
                .addAllEvents(fitting.items())
                .setNextPageToken(query.tokenFor(fitting.next()))
                .build();
    }

    private static dev.jeton.v1.AuditEvent event(AuditEvent event) {
        dev.jeton.v1.AuditEvent.Builder proto = dev.jeton.v1.AuditEvent.newBuilder()
                .setId(event.id().toString())
                .setCreateTime(Times.timestamp(event.createTime()))
                .setTenantId(event.tenantId().toString())
                .setAction(event.action())
                .setResourceType(TYPES.toProto(event.resourceType()))
                .setResourceId(event.resourceId().toString())
                .addAllChanges(event.changes().stream().map(AuditProtos::change).toList())
                .setCallId(event.callId().toString());
        if (event.actorUserId() != null) {
            proto.setActorUserId(event.actorUserId().toString());
        }
        if (event.actorTokenId() != null) {
            proto.setActorTokenId(event.actorTokenId().toString());
        }
        if (event.actingUserId() != null) {
            proto.setActingUserId(event.actingUserId().toString());
        }
        return proto.build();
    }

    private static dev.jeton.v1.FieldChange change(FieldChange change) {
        dev.jeton.v1.FieldChange.Builder proto =
                dev.jeton.v1.FieldChange.newBuilder().setField(change.field());
        if (change.oldValue() != null) {
            proto.setOldValue(change.oldValue());
        }
        if (change.newValue() != null) {
            proto.setNewValue(change.newValue());
        }
        return proto.build();
    }
}
