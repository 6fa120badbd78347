package dev.jeton.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.jeton.application.access.Operation;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.storage.OwnerOnly;
import dev.jeton.bootstrap.support.ApiFields;
import dev.jeton.bootstrap.support.JetonProcess;
import dev.jeton.bootstrap.support.SharedPostgres;
import dev.jeton.bootstrap.support.WireCounter;
import dev.jeton.bootstrap.support.WireCounter.Count;
import dev.jeton.v1.CancelTokenRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.User;
import dev.jeton.v1.WorkloadKind;
import dev.jeton.v1.WorkloadRule;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counts, at the wire, what every management RPC sends to the database in its usual case, by role; docs/round-trips.md has the table. After a
 * change, review the difference and update the file with {@code -Djeton.updateGolden=true}. The server is its own, because it runs behind a
 * counting proxy.
 */
@Timeout(300)
class RoundTripsIT {
    private static final Path GOLDEN = Path.of("..", "docs", "round-trips.md");

    /** With its first statements, the driver asks for types. */
    private static final int WARM_UP = 2;

    /** The lowest of some counts, because the sweeper uses the same connection twice a second. */
    private static final int COUNTED = 4;

    private static final Metadata.Key<String> ACTING_USER =
            Metadata.Key.of("jeton-acting-user", Metadata.ASCII_STRING_MARSHALLER);

    @TempDir
    private static Path parent;

    private static WireCounter wire;
    private static JetonProcess jeton;
    private static Console operator;
    private static Tenant tenant;
    private static User member;
    private static String adminsSecret;
    private static String membersSecret;
    private static String actedUser;

    /** The callers, in the order of the table's columns. */
    private enum Who {
        MEMBER,
        ADMIN,
        OPERATOR,
        ACTING;

        boolean may(String rpc) {
            return operation(rpc).role().compareTo(role()) <= 0;
        }

        private dev.jeton.domain.user.Role role() {
            return switch (this) {
                case MEMBER -> dev.jeton.domain.user.Role.MEMBER;
                case ADMIN, ACTING -> dev.jeton.domain.user.Role.TENANT_ADMIN;
                case OPERATOR -> dev.jeton.domain.user.Role.OPERATOR;
            };
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Login login = SharedPostgres.newDatabase();
        URI url = URI.create(login.url().substring("jdbc:".length()));
        wire = new WireCounter(url.getPort(), Set.of("jeton_management", "jeton_issuance"));
        Path password = parent.resolve("password");
        OwnerOnly.write(password, login.password());
        jeton = JetonProcess.start(
                parent.resolve("data"),
                "--db-url=jdbc:postgresql://127.0.0.1:%d%s".formatted(wire.port(), url.getPath()),
                "--db-user=" + login.user(),
                "--db-password-file=" + password,
                "--db-pool-size=1");
        operator = new Console(jeton.asOperator());
        tenant = operator.tenant(TokenPolicy.newBuilder()
                .setWorkloadRule(WorkloadRule.newBuilder().setMaxWorkloads(3))
                .build());
        member = operator.user(tenant.getId());
        membersSecret = operator.credential(member, "jeton:manage");
        User admin = operator.user(tenant.getId(), Role.ROLE_TENANT_ADMIN);
        adminsSecret = operator.credential(admin, "jeton:manage", "jeton:act-as");
        actedUser = operator.user(tenant.getId(), Role.ROLE_TENANT_ADMIN).getId();
    }

    @AfterAll
    static void stop() throws IOException {
        jeton.close();
        wire.close();
    }

    @Test
    void equalsTheGoldenFile() throws IOException {
        String table = """
                # Round trips

                What each management RPC sends to PostgreSQL in its usual case: round trips, and the statements in them. `RoundTripsIT` counts
                them at the wire and compares this file. A request id is set on creates. Verification uses other connections.

                Acting as another user costs one more, which reads that user. A deletion also reads what it takes along.

                | RPC | member | admin | operator | admin acting as another |
                |---|---|---|---|---|
                """ + rows().collect(Collectors.joining());
        if (Boolean.getBoolean("jeton.updateGolden")) {
            Files.writeString(GOLDEN, table, UTF_8);
        }

        assertThat(table).isEqualTo(Files.readString(GOLDEN, UTF_8));
    }

    /** A new RPC has no row, and no request below. */
    private static Stream<String> rows() {
        return ApiFields.rpcs().keySet().stream()
                .filter(rpc -> !rpc.contains("Verify"))
                .map(rpc -> "| %s | %s |\n"
                        .formatted(
                                rpc,
                                Arrays.stream(Who.values())
                                        .map(who -> who.may(rpc) ? cell(rpc, who) : "")
                                        .collect(Collectors.joining(" | "))));
    }

    private static String cell(String rpc, Who who) {
        List<Count> counts = new ArrayList<>();
        for (int i = 0; i < WARM_UP + COUNTED; i++) {
            Message request = request(rpc, who);
            Count before = wire.count();
            ApiFields.call(channel(who), rpc, request);
            if (i >= WARM_UP) {
                counts.add(wire.count().since(before));
            }
        }
        Count least = counts.stream()
                .min(Comparator.comparing(Count::roundTrips).thenComparing(Count::statements))
                .orElseThrow();
        return "%d (%d)".formatted(least.roundTrips(), least.statements());
    }

    private static Channel channel(Who who) {
        return switch (who) {
            case MEMBER -> jeton.as(membersSecret);
            case ADMIN -> jeton.as(adminsSecret);
            case OPERATOR -> jeton.asOperator();
            case ACTING -> {
                Metadata acting = new Metadata();
                acting.put(ACTING_USER, actedUser);
                yield ClientInterceptors.intercept(
                        jeton.as(adminsSecret), MetadataUtils.newAttachHeadersInterceptor(acting));
            }
        };
    }

    /** On what was made for it, as far as the RPC changes it. Operators name no tenant unless they must. */
    private static Message request(String rpc, Who who) {
        String name = "n" + UUID.randomUUID().toString().substring(0, 8);
        String json =
                switch (rpc) {
                    case "CreateTenant" -> "{'displayName': 'New', 'requestId': '%s'}".formatted(UUID.randomUUID());
                    case "GetTenant" -> "{'tenantId': '%s'}".formatted(tenant.getId());
                    case "UpdateTenant" -> "{'tenantId': '%s', 'displayName': '%s'}".formatted(tenant.getId(), name);
                    case "SuspendTenant", "ResumeTenant" -> "{'tenantId': '%s'}".formatted(newTenant(rpc));
                    case "DeleteTenant" -> "{'tenantId': '%s', 'force': true}".formatted(newTenant(rpc));
                    case "CreateUser" ->
                        "{'tenantId': '%s', 'email': '%s@example.com', 'requestId': '%s'}"
                                .formatted(tenant.getId(), name, UUID.randomUUID());
                    case "UpdateUser" -> "{'userId': '%s', 'displayName': '%s'}".formatted(newUser(rpc), name);
                    case "GetUser", "DisableUser", "EnableUser", "DeleteUser" ->
                        "{'userId': '%s'}".formatted(newUser(rpc));
                    case "CreateWorkload" ->
                        "{'tenantId': '%s', 'name': '%s', 'kind': 'WORKLOAD_KIND_MODEL', 'requestId': '%s'}"
                                .formatted(tenant.getId(), name, UUID.randomUUID());
                    case "UpdateWorkload" -> "{'workloadId': '%s', 'name': '%s'}".formatted(newWorkload(rpc), name);
                    case "GetWorkload", "DisableWorkload", "EnableWorkload", "DeleteWorkload" ->
                        "{'workloadId': '%s'}".formatted(newWorkload(rpc));
                    case "CreateToken" ->
                        "{'userId': '%s', 'name': '%s', 'workloadIds': ['%s'], 'requestId': '%s'}"
                                .formatted(member.getId(), name, newWorkload(rpc), UUID.randomUUID());
                    case "UpdateToken" -> "{'tokenId': '%s', 'name': '%s'}".formatted(newToken(rpc), name);
                    case "AssignToken" ->
                        "{'tokenId': '%s', 'workloadIds': ['%s']}".formatted(newToken(rpc), newWorkload(rpc));
                    case "RenewToken" ->
                        "{'tokenId': '%s', 'expireTime': '2999-01-01T00:00:00Z'}".formatted(newToken(rpc));
                    case "GetToken", "CancelToken", "ReactivateToken", "DeleteToken" ->
                        "{'tokenId': '%s'}".formatted(newToken(rpc));
                    case "ListTenants", "GetProfile" -> "{}";
                    case "ListUsers", "ListWorkloads", "ListAuditEvents" ->
                        "{'tenantId': '%s'}".formatted(tenant.getId());
                    case "ListTokens" ->
                        "{'tenantId': '%s', 'userId': '%s', 'status': 'TOKEN_STATUS_ACTIVE'}"
                                .formatted(tenant.getId(), member.getId());
                    default -> throw new AssertionError("Add the request of " + rpc + " here");
                };
        Message.Builder request = ApiFields.request(ApiFields.rpcs().get(rpc)).toBuilder();
        try {
            JsonFormat.parser().merge(json.replace('\'', '"'), request);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(json, e);
        }
        return request.build();
    }

    private static String newTenant(String rpc) {
        String id = operator.tenant(TokenPolicy.getDefaultInstance()).getId();
        if (rpc.equals("ResumeTenant")) {
            operator.suspend(id);
        }
        return id;
    }

    /** Has one token. */
    private static String newUser(String rpc) {
        User user = operator.user(tenant.getId());
        operator.create(Console.newToken(user, "token"));
        if (rpc.equals("EnableUser")) {
            operator.disableUser(user.getId());
        }
        return user.getId();
    }

    /** Has one token. */
    private static String newWorkload(String rpc) {
        String id = operator.workload(
                        tenant.getId(),
                        WorkloadKind.WORKLOAD_KIND_MODEL,
                        "m" + UUID.randomUUID().toString().substring(0, 8))
                .getId();
        if (rpc.equals("DeleteWorkload")) {
            operator.create(Console.newToken(member, "assigned").addWorkloadIds(id));
        }
        if (rpc.equals("EnableWorkload")) {
            operator.disableWorkload(id);
        }
        return id;
    }

    private static String newToken(String rpc) {
        String id = operator.create(Console.newToken(member, "token").setLifetime(Console.days(30)))
                .getToken()
                .getId();
        if (rpc.equals("ReactivateToken")) {
            // By the member, so that each role may reactivate it.
            TokenServiceGrpc.newBlockingStub(channel(Who.MEMBER))
                    .cancelToken(CancelTokenRequest.newBuilder().setTokenId(id).build());
        }
        return id;
    }

    private static Operation operation(String rpc) {
        return Operation.valueOf(rpc.replaceAll("(?<!^)([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }
}
