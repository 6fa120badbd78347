package dev.jeton.bootstrap.endtoend;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.jeton.bootstrap.endtoend.IsolationMatrixIT.Kind;
import dev.jeton.bootstrap.endtoend.IsolationMatrixIT.Who;
import dev.jeton.bootstrap.support.ApiFields;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenSecret;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.DeleteTenantRequest;
import dev.jeton.v1.DeleteUserRequest;
import dev.jeton.v1.DeleteWorkloadRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import dev.jeton.v1.Workload;
import dev.jeton.v1.WorkloadRule;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;

/**
 * Two tenants of one server: a home tenant with an admin, a member, a colleague and a verifier, and a foreign tenant. Creates new resources for
 * each call. Thread-safe.
 */
final class Neighbourhood {
    private static final TokenPolicy POLICY = TokenPolicy.newBuilder()
            .setWorkloadRule(WorkloadRule.newBuilder().setMaxWorkloads(3))
            .build();

    private static final String MANAGE = "jeton:manage";
    private static final String VERIFY = "jeton:verify";
    private static final String ACT_AS = "jeton:act-as";
    private static final String PAGE_TOKEN = "page_token";

    private final RunningJeton jeton;
    private final Console operator;
    private final Tenant home;
    private final Tenant foreign;
    private final User member;
    private final User colleague;
    private final User stranger;
    private final String adminsSecret;
    private final String membersSecret;
    private final String verifiersSecret;
    private final String otherOperatorsSecret;

    Neighbourhood(RunningJeton jeton) {
        this.jeton = jeton;
        operator = jeton.console();
        home = operator.tenant(POLICY);
        foreign = operator.tenant(POLICY);
        member = operator.user(home.getId());
        colleague = operator.user(home.getId());
        stranger = operator.user(foreign.getId());
        operator.user(foreign.getId());
        User admin = operator.user(home.getId(), Role.ROLE_TENANT_ADMIN);
        adminsSecret = operator.credential(admin, MANAGE, VERIFY, ACT_AS);
        membersSecret = operator.credential(member, MANAGE, VERIFY, ACT_AS);
        verifiersSecret = operator.credential(admin, VERIFY);
        otherOperatorsSecret =
                operator.credential(operator.user(TenantId.SYSTEM.toString(), Role.ROLE_OPERATOR), MANAGE);
        for (Tenant tenant : List.of(home, foreign)) {
            operator.workload(tenant.getId());
            operator.workload(tenant.getId());
        }
        for (User owner : List.of(member, stranger, stranger)) {
            token(owner);
        }
    }

    Channel channel(Who who) {
        return switch (who) {
            case OPERATOR -> jeton.asOperator();
            case TENANT_ADMIN -> jeton.as(adminsSecret);
            case MEMBER -> jeton.as(membersSecret);
            case VERIFIER -> jeton.as(verifiersSecret);
        };
    }

    /** A request for the RPC, complete except for the tested field. */
    Message.Builder request(String rpc, String path) {
        String json =
                switch (rpc) {
                    case "CreateTenant", "UpdateTenant", "UpdateUser" -> "{\"displayName\": \"%s\"}".formatted(name());
                    case "CreateUser" -> "{\"email\": \"%s@example.com\"}".formatted(name());
                    case "CreateWorkload" -> "{\"name\": \"%s\", \"kind\": \"WORKLOAD_KIND_MODEL\"}".formatted(name());
                    case "CreateToken", "UpdateToken", "UpdateWorkload" -> "{\"name\": \"%s\"}".formatted(name());
                    case "RenewToken" -> "{\"neverExpires\": true}";
                    case "DeleteTenant" -> "{\"force\": true}";
                    case "VerifyToken" -> "{\"secret\": \"%s\"}".formatted(membersSecret);
                    case "BatchVerifyTokens" -> "{\"requests\": [{\"secret\": \"%s\"}]}".formatted(membersSecret);
                    case "AssignToken" ->
                        "{\"tokenId\": \"%s\"}"
                                .formatted(token(member).getToken().getId());
                    default -> "{}";
                };
        Message.Builder request = ApiFields.request(ApiFields.rpcs().get(rpc)).toBuilder();
        try {
            JsonFormat.parser().merge(json, request);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(json, e);
        }
        if (path.equals(PAGE_TOKEN) && !rpc.equals("ListTenants")) {
            ApiFields.set(request, "tenant_id", home.getId());
        }
        return request;
    }

    /** An id, page token or secret that is of this kind for the caller. */
    String id(String resource, Kind kind, Who who, String rpc) {
        if (kind == Kind.MALFORMED) {
            return "..";
        }
        if (resource.equals("page")) {
            return page(kind, who, rpc);
        }
        if (resource.equals("secret")) {
            return secret(kind);
        }
        if (kind == Kind.RANDOM || resource.equals("-")) {
            return UUID.randomUUID().toString();
        }
        return switch (resource) {
            case "tenant" -> tenant(kind, who);
            case "user" -> user(kind, rpc, who);
            case "workload" -> workload(kind);
            default -> token(kind);
        };
    }

    /** New for operators, who may suspend and delete it. */
    private String tenant(Kind kind, Who who) {
        if (who == Who.OPERATOR || kind == Kind.DELETED) {
            Tenant made = operator.tenant(POLICY);
            if (kind == Kind.DELETED) {
                operator.tenants.deleteTenant(DeleteTenantRequest.newBuilder()
                        .setTenantId(made.getId())
                        .setForce(true)
                        .build());
            }
            return made.getId();
        }
        return (kind == Kind.FOREIGN ? foreign : home).getId();
    }

    private String user(Kind kind, String rpc, Who who) {
        boolean itself = who == Who.MEMBER && !rpc.equals("GetProfile");
        switch (kind) {
            case OWN:
                return itself ? member.getId() : operator.user(home.getId()).getId();
            case COLLEAGUES:
                return operator.user(home.getId()).getId();
            case FOREIGN:
                return operator.user(foreign.getId()).getId();
            default:
                User gone = operator.user(home.getId());
                operator.users.deleteUser(
                        DeleteUserRequest.newBuilder().setUserId(gone.getId()).build());
                return gone.getId();
        }
    }

    private String workload(Kind kind) {
        Workload made = operator.workload((kind == Kind.FOREIGN ? foreign : home).getId());
        if (kind == Kind.DELETED) {
            operator.workloads.deleteWorkload(DeleteWorkloadRequest.newBuilder()
                    .setWorkloadId(made.getId())
                    .build());
        }
        return made.getId();
    }

    private String token(Kind kind) {
        return issued(kind).getToken().getId();
    }

    private String secret(Kind kind) {
        return kind == Kind.RANDOM
                ? TokenSecret.generate(
                                new TenantId(UUID.randomUUID()), new TokenId(UUID.randomUUID()), new SecureRandom())
                        .revealSecret()
                : issued(kind).getSecret();
    }

    private CreateTokenResponse issued(Kind kind) {
        CreateTokenResponse issued = token(
                switch (kind) {
                    case COLLEAGUES -> colleague;
                    case FOREIGN -> stranger;
                    default -> member;
                });
        if (kind == Kind.DELETED) {
            operator.delete(issued.getToken().getId());
        }
        return issued;
    }

    private CreateTokenResponse token(User owner) {
        return operator.create(Console.newToken(owner, name()));
    }

    /** A page token for the second page of the same query: the caller's own, another caller's, or the foreign tenant's. */
    private String page(Kind kind, Who who, String rpc) {
        Message.Builder request = request(rpc, PAGE_TOKEN);
        Channel channel = jeton.as(otherOperatorsSecret);
        switch (kind) {
            case OWN -> channel = channel(who);
            case COLLEAGUES -> {}
            case FOREIGN -> {
                if (rpc.equals("ListTenants")) {
                    return page(kind, who, "ListUsers");
                }
                ApiFields.set(request, "tenant_id", foreign.getId());
            }
            default -> {
                return UUID.randomUUID().toString();
            }
        }
        request.setField(request.getDescriptorForType().findFieldByName("page_size"), 1);
        Message page;
        try {
            page = ApiFields.call(channel, rpc, request.build());
        } catch (StatusRuntimeException denied) {
            return UUID.randomUUID().toString();
        }
        String next = (String) page.getField(page.getDescriptorForType().findFieldByName("next_page_token"));
        if (next.isEmpty()) {
            throw new IllegalStateException(rpc + " has only one page");
        }
        return next;
    }

    private static String name() {
        return "n" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }
}
