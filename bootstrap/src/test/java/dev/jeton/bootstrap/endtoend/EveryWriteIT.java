package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.jeton.bootstrap.storage.Login;
import dev.jeton.bootstrap.support.ApiFields;
import dev.jeton.v1.AuditEvent;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.ListTenantsRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.ListUsersRequest;
import dev.jeton.v1.ListWorkloadsRequest;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import dev.jeton.v1.Workload;
import dev.jeton.v1.WorkloadKind;
import dev.jeton.v1.WorkloadRule;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every RPC that writes, found in the descriptors: each resource that it changes has exactly one audit event, and a stale etag is refused.
 */
@Tag("G9")
class EveryWriteIT {
    private static final String STALE = "7777";
    private static final Metadata.Key<String> CALL_ID =
            Metadata.Key.of("jeton-call-id", Metadata.ASCII_STRING_MARSHALLER);

    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private static Console operator;
    private static User self;
    private static Connection sql;

    private Tenant tenant;
    private User user;
    private Workload workload;
    private Token token;

    @BeforeAll
    static void connect() throws SQLException {
        operator = JETON.console();
        self = operator.users.getProfile(GetProfileRequest.getDefaultInstance()).getUser();
        Login login = JETON.process().database();
        sql = DriverManager.getConnection(login.url(), login.user(), login.password());
    }

    @AfterAll
    static void disconnect() throws SQLException {
        sql.close();
    }

    @BeforeEach
    void makeOneOfEach() {
        tenant = operator.tenant(TokenPolicy.newBuilder()
                .setWorkloadRule(WorkloadRule.newBuilder().setMaxWorkloads(3))
                .build());
        user = operator.user(tenant.getId());
        workload = operator.workload(tenant.getId(), WorkloadKind.WORKLOAD_KIND_MODEL, "llama");
        token = operator.create(
                        newToken(user, "token").addWorkloadIds(workload.getId()).setLifetime(Console.days(30)))
                .getToken();
    }

    static Stream<String> writes() {
        return ApiFields.rpcs().keySet().stream().filter(rpc -> !rpc.matches("(Get|List|Verify|BatchVerify).*"));
    }

    /** All writes except creates, which have no etag. */
    static Stream<String> changes() {
        return writes().filter(rpc -> !rpc.startsWith("Create"));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void leavesOneEventWithItsCallId(String rpc) throws Exception {
        prepare(rpc);
        List<AuditEvent> before = trail(tenant.getId());
        AtomicReference<Metadata> headers = new AtomicReference<>();
        Channel channel = ClientInterceptors.intercept(
                JETON.asOperator(), MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));

        Message reply = ApiFields.call(channel, rpc, request(rpc));

        List<AuditEvent> after;
        if (rpc.equals("CreateTenant")) {
            after = trail(part(reply, "tenant", "id"));
            assertThat(after).hasSize(1);
        } else {
            after = trail(tenant.getId());
            assertThat(after).hasSize(before.size() + 1 + takenAlong(rpc));
        }
        assertThat(after.subList(0, takenAlong(rpc) + 1)).allSatisfy(each -> {
            assertThat(each.getAction()).isEqualTo(rpc);
            assertThat(each.getCallId()).isEqualTo(headers.get().get(CALL_ID));
            assertThat(each.getActorUserId()).isEqualTo(self.getId());
            assertThat(each.getActingUserId()).isEmpty();
            assertThat(each.getChangesList()).isNotEmpty();
        });
        // The resource that the call names comes first.
        AuditEvent event = after.get(takenAlong(rpc));
        assertThat(event.getResourceType().name())
                .isEqualTo("RESOURCE_TYPE_" + resource(rpc).toUpperCase(Locale.ROOT));
        assertThat(event.getResourceId())
                .isEqualTo(rpc.startsWith("Create") ? part(reply, resource(rpc), "id") : id(rpc));
    }

    /** The number of other resources that a deletion changes: the one user, workload and token. */
    private static int takenAlong(String rpc) {
        return switch (rpc) {
            case "DeleteUser", "DeleteWorkload" -> 1;
            case "DeleteTenant" -> 3;
            default -> 0;
        };
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aRepetitionLeavesNoEvent(String rpc) throws Exception {
        prepare(rpc);
        ApiFields.call(JETON.asOperator(), rpc, request(rpc));
        List<AuditEvent> before = trail(tenant.getId());

        try {
            ApiFields.call(JETON.asOperator(), rpc, request(rpc));
        } catch (StatusRuntimeException gone) {
            assertThat(gone.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
        }

        assertThat(trail(tenant.getId())).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void failsWithoutEffectWhenItsEventCannotBeWritten(String rpc) throws Exception {
        prepare(rpc);
        List<Object> before = everything();
        sql("ALTER TABLE audit_events ADD CONSTRAINT unwritable CHECK (false) NOT VALID");
        try {
            Message request = request(rpc);
            assertThatThrownBy(() -> ApiFields.call(JETON.asOperator(), rpc, request))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageNotContaining("audit_events");
        } finally {
            sql("ALTER TABLE audit_events DROP CONSTRAINT unwritable");
        }

        assertThat(everything()).isEqualTo(before);
        ApiFields.call(JETON.asOperator(), rpc, request(rpc));
        assertThat(everything()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void refusesAStaleEtagUnlessNothingChanges(String rpc) throws Exception {
        prepare(rpc);
        List<Object> before = everything();

        assertThatThrownBy(() -> ApiFields.call(JETON.asOperator(), rpc, request(rpc, STALE)))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Code.ABORTED))
                .hasMessageContaining("etag");

        assertThat(everything()).isEqualTo(before);
        ApiFields.call(JETON.asOperator(), rpc, request(rpc, etag(rpc)));
        assertThat(everything()).isNotEqualTo(before);
        if (!rpc.startsWith("Delete") || rpc.equals("DeleteToken")) {
            List<Object> done = everything();
            ApiFields.call(JETON.asOperator(), rpc, request(rpc, STALE));
            assertThat(everything()).isEqualTo(done);
        }
    }

    /** Makes the change that the RPC requires, if any. */
    private void prepare(String rpc) throws Exception {
        String first =
                switch (rpc) {
                    case "ResumeTenant" -> "SuspendTenant";
                    case "EnableUser" -> "DisableUser";
                    case "EnableWorkload" -> "DisableWorkload";
                    case "ReactivateToken" -> "CancelToken";
                    default -> null;
                };
        if (first != null) {
            ApiFields.call(JETON.asOperator(), first, request(first));
        }
    }

    private Message request(String rpc, String etag) throws InvalidProtocolBufferException {
        Message.Builder request = request(rpc).toBuilder();
        FieldDescriptor field = request.getDescriptorForType().findFieldByName("etag");
        assertThat(field).as("etag of " + rpc).isNotNull();
        return request.setField(field, etag).build();
    }

    private Message request(String rpc) throws InvalidProtocolBufferException {
        String json =
                switch (rpc) {
                    case "CreateTenant" -> "{\"displayName\": \"New\"}";
                    case "CreateUser" -> "{\"tenantId\": \"%s\", \"email\": \"new@example.com\"}";
                    case "CreateWorkload" ->
                        "{\"tenantId\": \"%s\", \"name\": \"new\", \"kind\": \"WORKLOAD_KIND_SERVICE\"}";
                    case "CreateToken" ->
                        "{\"tenantId\": \"%s\", \"userId\": \"" + user.getId() + "\", \"name\": \"new\"}";
                    case "UpdateTenant" -> "{\"tenantId\": \"%s\", \"displayName\": \"Renamed\"}";
                    case "DeleteTenant" -> "{\"tenantId\": \"%s\", \"force\": true}";
                    case "SuspendTenant", "ResumeTenant" -> "{\"tenantId\": \"%s\"}";
                    case "UpdateUser" -> "{\"userId\": \"%s\", \"role\": \"ROLE_TENANT_ADMIN\"}";
                    case "DisableUser", "EnableUser", "DeleteUser" -> "{\"userId\": \"%s\"}";
                    case "UpdateWorkload" -> "{\"workloadId\": \"%s\", \"name\": \"renamed\"}";
                    case "DisableWorkload", "EnableWorkload", "DeleteWorkload" -> "{\"workloadId\": \"%s\"}";
                    case "UpdateToken" -> "{\"tokenId\": \"%s\", \"description\": \"changed\"}";
                    case "RenewToken" -> "{\"tokenId\": \"%s\", \"expireTime\": \"2999-01-01T00:00:00Z\"}";
                    case "CancelToken" -> "{\"tokenId\": \"%s\", \"reason\": \"lost\"}";
                    case "AssignToken", "ReactivateToken", "DeleteToken" -> "{\"tokenId\": \"%s\"}";
                    default -> throw new AssertionError("Add the request of " + rpc + " here");
                };
        Message.Builder request = ApiFields.request(ApiFields.rpcs().get(rpc)).toBuilder();
        JsonFormat.parser().merge(json.formatted(rpc.startsWith("Create") ? tenant.getId() : id(rpc)), request);
        return request.build();
    }

    /** The reply's field with the changed resource. */
    private static String resource(String rpc) {
        return Stream.of("tenant", "user", "workload", "token")
                .filter(name -> rpc.toLowerCase(Locale.ROOT).endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private String id(String rpc) {
        return switch (resource(rpc)) {
            case "tenant" -> tenant.getId();
            case "user" -> user.getId();
            case "workload" -> workload.getId();
            default -> token.getId();
        };
    }

    private String etag(String rpc) throws InvalidProtocolBufferException {
        String get = "Get" + rpc.replaceFirst("^[A-Z][a-z]+", "");
        Message.Builder request = ApiFields.request(ApiFields.rpcs().get(get)).toBuilder();
        ApiFields.set(request, resource(rpc) + "_id", id(rpc));
        return part(ApiFields.call(JETON.asOperator(), get, request.build()), resource(rpc), "etag");
    }

    private static String part(Message reply, String resource, String field) {
        Message part = (Message) reply.getField(reply.getDescriptorForType().findFieldByName(resource));
        return (String) part.getField(part.getDescriptorForType().findFieldByName(field));
    }

    /** Everything that a write could change: the newest tenants, this tenant's resources and its audit trail. */
    private List<Object> everything() {
        Object tenants = operator.tenants
                .listTenants(ListTenantsRequest.newBuilder().setPageSize(5).build())
                .getTenantsList();
        List<AuditEvent> trail = trail(tenant.getId());
        try {
            return List.of(
                    tenants,
                    trail,
                    operator.users
                            .listUsers(ListUsersRequest.newBuilder()
                                    .setTenantId(tenant.getId())
                                    .build())
                            .getUsersList(),
                    operator.workloads
                            .listWorkloads(ListWorkloadsRequest.newBuilder()
                                    .setTenantId(tenant.getId())
                                    .build())
                            .getWorkloadsList(),
                    operator.list(ListTokensRequest.newBuilder().setTenantId(tenant.getId())));
        } catch (StatusRuntimeException deleted) {
            return List.of(tenants, trail);
        }
    }

    private static List<AuditEvent> trail(String tenantId) {
        return operator.audit
                .listAuditEvents(ListAuditEventsRequest.newBuilder()
                        .setTenantId(tenantId)
                        .build())
                .getEventsList();
    }

    private static void sql(String statement) throws SQLException {
        try (Statement plain = sql.createStatement()) {
            plain.execute(statement);
        }
    }
}
