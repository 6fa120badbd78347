package dev.jeton.bootstrap.endtoend;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.jeton.bootstrap.endtoend.IsolationMatrixIT.Kind;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.DeleteTenantRequest;
import dev.jeton.v1.DeleteUserRequest;
import dev.jeton.v1.DeleteWorkloadRequest;
import dev.jeton.v1.ListUsersRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import dev.jeton.v1.Workload;
import dev.jeton.v1.WorkloadKind;
import dev.jeton.v1.WorkloadRule;
import io.grpc.Channel;
import java.util.UUID;

/** Two tenants of one server: the home of an admin, a member and a colleague, and a foreign one. Makes whatever is asked for, new each time. */
final class Neighbourhood {
    private static final TokenPolicy POLICY = TokenPolicy.newBuilder()
            .setWorkloadRule(WorkloadRule.newBuilder().setMaxWorkloads(3))
            .build();

    private final RunningJeton jeton;
    private final Console operator;
    private final Tenant home;
    private final Tenant foreign;
    private final User member;
    private final User colleague;
    private final User stranger;
    private final String adminsSecret;
    private final String membersSecret;

    Neighbourhood(RunningJeton jeton) {
        this.jeton = jeton;
        operator = jeton.console();
        home = tenant();
        foreign = tenant();
        member = operator.user(home);
        colleague = operator.user(home);
        stranger = operator.user(foreign);
        operator.user(foreign);
        User admin = operator.users
                .createUser(CreateUserRequest.newBuilder()
                        .setTenantId(home.getId())
                        .setEmail("grace@example.com")
                        .setRole(Role.ROLE_TENANT_ADMIN)
                        .build())
                .getUser();
        adminsSecret = credential(admin);
        membersSecret = credential(member);
    }

    Channel channel(Role role) {
        return switch (role) {
            case ROLE_TENANT_ADMIN -> jeton.as(adminsSecret);
            case ROLE_MEMBER -> jeton.as(membersSecret);
            default -> jeton.asOperator();
        };
    }

    /** All that the RPC needs besides the field that is tried. */
    Message.Builder request(String rpc, Role role) {
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
                        "{\"tokenId\": \"%s\"}".formatted(token(member).getId());
                    default -> "{}";
                };
        Message.Builder request = ApiFields.request(ApiFields.rpcs().get(rpc)).toBuilder();
        try {
            JsonFormat.parser().merge(json, request);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(json, e);
        }
        return request;
    }

    /** The id of something of that kind, as seen by a caller with that role. */
    String id(String resource, Kind kind, Role role, String rpc) {
        if (kind == Kind.MALFORMED) {
            return "..";
        }
        if (resource.equals("page")) {
            return kind == Kind.FOREIGN ? foreignPage(rpc) : UUID.randomUUID().toString();
        }
        if (kind == Kind.RANDOM || resource.equals("-")) {
            return UUID.randomUUID().toString();
        }
        return switch (resource) {
            case "tenant" -> tenant(kind, role);
            case "user" -> user(kind, rpc, role);
            case "workload" -> workload(kind);
            default -> token(kind);
        };
    }

    /** Operators get a new one, for they may suspend and delete it. */
    private String tenant(Kind kind, Role role) {
        if (role == Role.ROLE_OPERATOR || kind == Kind.DELETED) {
            Tenant made = tenant();
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

    private String user(Kind kind, String rpc, Role role) {
        boolean itself = role == Role.ROLE_MEMBER && !rpc.equals("GetProfile");
        switch (kind) {
            case OWN:
                return itself ? member.getId() : operator.user(home).getId();
            case COLLEAGUES:
                return operator.user(home).getId();
            case FOREIGN:
                return operator.user(foreign).getId();
            default:
                User gone = operator.user(home);
                operator.users.deleteUser(
                        DeleteUserRequest.newBuilder().setUserId(gone.getId()).build());
                return gone.getId();
        }
    }

    private String workload(Kind kind) {
        Workload made =
                operator.workload(kind == Kind.FOREIGN ? foreign : home, WorkloadKind.WORKLOAD_KIND_MODEL, name());
        if (kind == Kind.DELETED) {
            operator.workloads.deleteWorkload(DeleteWorkloadRequest.newBuilder()
                    .setWorkloadId(made.getId())
                    .build());
        }
        return made.getId();
    }

    private String token(Kind kind) {
        Token made = token(
                switch (kind) {
                    case COLLEAGUES -> colleague;
                    case FOREIGN -> stranger;
                    default -> member;
                });
        if (kind == Kind.DELETED) {
            operator.delete(made);
        }
        return made.getId();
    }

    private Token token(User owner) {
        return operator.create(Console.newToken(owner, name())).getToken();
    }

    private String foreignPage(String rpc) {
        if (!rpc.equals("ListUsers")) {
            // Of another query, by somebody else: the second page of the foreign tenant's users.
            return foreignPage("ListUsers");
        }
        return operator.users
                .listUsers(ListUsersRequest.newBuilder()
                        .setTenantId(foreign.getId())
                        .setPageSize(1)
                        .build())
                .getNextPageToken();
    }

    private Tenant tenant() {
        return operator.tenants
                .createTenant(CreateTenantRequest.newBuilder()
                        .setDisplayName("Acme")
                        .setTokenPolicy(POLICY)
                        .build())
                .getTenant();
    }

    private String credential(User owner) {
        return operator.create(CreateTokenRequest.newBuilder()
                        .setUserId(owner.getId())
                        .setName(name())
                        .addScopes("jeton:manage")
                        .addScopes("jeton:verify")
                        .addScopes("jeton:act-as"))
                .getSecret();
    }

    /** Allowed by every policy that asks for little. */
    private static String name() {
        return "n" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }
}
