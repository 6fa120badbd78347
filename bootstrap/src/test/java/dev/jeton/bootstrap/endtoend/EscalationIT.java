package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.jeton.bootstrap.support.ApiFields;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.v1.AuditEvent;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.DisableUserRequest;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.ListAuditEventsRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.WorkloadRule;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Privilege escalation is refused and changes nothing. */
@Tag("G8")
class EscalationIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private static final String[] EVERYTHING = {"jeton:manage", "jeton:verify", "jeton:act-as"};

    private static Tenant home;
    private static Tenant foreign;
    private static User member;
    private static User colleague;
    private static User asleep;
    private static User admin;
    private static User stranger;
    private static User operator;
    private static User systemAdmin;
    private static Token membersToken;
    private static Token cancelledByAdmin;
    private static CreateTokenResponse strangersToken;
    private static Token adminsToken;
    private static Token operatorsToken;
    private static String asMember;
    private static String asMemberWithEverything;
    private static String asAdmin;
    private static String asSystemAdmin;

    /**
     * A call that must be refused.
     *
     * @param acting the user to act as, or null
     * @param request as JSON
     */
    record Attempt(String who, String credential, User acting, String rpc, String request, Code refusal) {
        @Override
        public String toString() {
            return "%s%s: %s %s".formatted(who, acting == null ? "" : " acting as another", rpc, request);
        }
    }

    @BeforeAll
    static void makeUsers() {
        Console console = JETON.console();
        operator =
                console.users.getProfile(GetProfileRequest.getDefaultInstance()).getUser();
        home = tenant(console);
        foreign = tenant(console);
        member = user(home.getId(), Role.ROLE_MEMBER);
        colleague = user(home.getId(), Role.ROLE_MEMBER);
        admin = user(home.getId(), Role.ROLE_TENANT_ADMIN);
        stranger = user(foreign.getId(), Role.ROLE_MEMBER);
        systemAdmin = user(TenantId.SYSTEM.toString(), Role.ROLE_TENANT_ADMIN);
        asleep = user(home.getId(), Role.ROLE_MEMBER);
        console.users.disableUser(
                DisableUserRequest.newBuilder().setUserId(asleep.getId()).build());
        membersToken = issue(member).getToken();
        strangersToken = issue(stranger);
        adminsToken = issue(admin).getToken();
        operatorsToken = issue(operator).getToken();
        asMember = issue(member, "jeton:manage").getSecret();
        asMemberWithEverything = issue(member, EVERYTHING).getSecret();
        asAdmin = issue(admin, EVERYTHING).getSecret();
        asSystemAdmin = issue(systemAdmin, EVERYTHING).getSecret();
        cancelledByAdmin = issue(member).getToken();
        new Console(JETON.as(asAdmin)).cancel(cancelledByAdmin.getId());
    }

    static Stream<Attempt> attempts() {
        List<Attempt> all = new ArrayList<>();
        for (String credential : List.of(asMember, asMemberWithEverything)) {
            addScopeGrants("member", credential, null, all);
            addTokenChanges("member", credential, null, adminsToken, Code.NOT_FOUND, all);
            addTokenChanges("member", credential, null, operatorsToken, Code.NOT_FOUND, all);
            for (User other : List.of(colleague, admin, stranger, operator)) {
                all.add(attempt("member", credential, null, newTokenFor(other), Code.NOT_FOUND));
            }
            all.add(attempt("member", credential, null, newUser(home, "ROLE_MEMBER"), Code.PERMISSION_DENIED));
            all.add(attempt("member", credential, null, promote(member, "ROLE_TENANT_ADMIN"), Code.PERMISSION_DENIED));
        }
        String undo = "ReactivateToken {\"tokenId\": \"%s\"}".formatted(cancelledByAdmin.getId());
        all.add(attempt("member", asMember, null, undo, Code.FAILED_PRECONDITION));
        all.add(attempt("admin", asAdmin, member, undo, Code.FAILED_PRECONDITION));
        String console = asMemberWithEverything;
        addScopeGrants("member", console, colleague, all);
        addTokenChanges("member", console, admin, adminsToken, Code.PERMISSION_DENIED, all);
        all.add(attempt("member", console, admin, "CreateToken {\"name\": \"n\"}", Code.PERMISSION_DENIED));
        all.add(attempt("member", console, admin, newTokenFor(admin), Code.PERMISSION_DENIED));
        all.add(attempt("member", console, admin, newUser(home, "ROLE_MEMBER"), Code.PERMISSION_DENIED));
        all.add(attempt("member", console, admin, "ListAuditEvents {}", Code.PERMISSION_DENIED));
        for (String credential : List.of(asMember, console)) {
            all.add(attempt("member", credential, colleague, "GetProfile {}", Code.PERMISSION_DENIED));
        }
        for (User outOfReach : List.of(stranger, operator, systemAdmin)) {
            all.add(attempt("member", console, outOfReach, "GetProfile {}", Code.PERMISSION_DENIED));
            all.add(attempt("admin", asAdmin, outOfReach, "CreateToken {\"name\": \"n\"}", Code.NOT_FOUND));
            all.add(attempt("admin", asAdmin, null, newTokenFor(outOfReach), Code.NOT_FOUND));
            all.add(attempt("admin", asAdmin, null, promote(outOfReach, "ROLE_TENANT_ADMIN"), Code.NOT_FOUND));
        }
        all.add(attempt("admin", asAdmin, asleep, "CreateToken {\"name\": \"n\"}", Code.FAILED_PRECONDITION));
        addScopeGrants("admin", asAdmin, member, all);
        all.add(attempt("admin", asAdmin, member, newUser(home, "ROLE_MEMBER"), Code.PERMISSION_DENIED));
        all.add(attempt("admin", asAdmin, null, newUser(home, "ROLE_OPERATOR"), Code.PERMISSION_DENIED));
        all.add(attempt("admin", asAdmin, null, promote(member, "ROLE_OPERATOR"), Code.PERMISSION_DENIED));
        all.add(attempt("admin", asAdmin, null, promote(admin, "ROLE_OPERATOR"), Code.PERMISSION_DENIED));
        all.add(attempt(
                "admin",
                asAdmin,
                null,
                "CreateUser {\"tenantId\": \"%s\", \"email\": \"x@example.com\"}".formatted(TenantId.SYSTEM),
                Code.NOT_FOUND));
        addTokenChanges("admin", asAdmin, null, operatorsToken, Code.NOT_FOUND, all);
        addTokenChanges("admin", asAdmin, null, strangersToken.getToken(), Code.NOT_FOUND, all);
        all.add(attempt(
                "admin",
                asAdmin,
                null,
                "CreateToken {\"name\": \"n\", \"scopes\": [\"jeton:operate\"]}",
                Code.INVALID_ARGUMENT));
        addTokenChanges("system's admin", asSystemAdmin, null, operatorsToken, Code.PERMISSION_DENIED, all);
        addTokenChanges("system's admin", asSystemAdmin, operator, operatorsToken, Code.PERMISSION_DENIED, all);
        for (User as : new User[] {null, operator}) {
            String who = "system's admin";
            all.add(attempt(who, asSystemAdmin, as, newTokenFor(operator), Code.PERMISSION_DENIED));
            all.add(attempt(who, asSystemAdmin, as, promote(systemAdmin, "ROLE_OPERATOR"), Code.PERMISSION_DENIED));
            all.add(attempt(who, asSystemAdmin, as, promote(operator, "ROLE_MEMBER"), Code.PERMISSION_DENIED));
            for (String rpc : List.of("DisableUser", "EnableUser", "DeleteUser")) {
                String request = "%s {\"userId\": \"%s\"}".formatted(rpc, operator.getId());
                all.add(attempt(who, asSystemAdmin, as, request, Code.PERMISSION_DENIED));
            }
            all.add(attempt(who, asSystemAdmin, as, "ListTenants {}", Code.PERMISSION_DENIED));
            all.add(attempt(who, asSystemAdmin, as, newUser(home, "ROLE_MEMBER"), Code.NOT_FOUND));
            all.add(attempt(who, asSystemAdmin, as, newTokenFor(member), Code.NOT_FOUND));
        }
        all.add(attempt(
                "system's admin", asSystemAdmin, operator, "CreateToken {\"name\": \"n\"}", Code.PERMISSION_DENIED));
        all.add(attempt("system's admin", asSystemAdmin, stranger, "GetProfile {}", Code.NOT_FOUND));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void isRefusedWithoutEffect(Attempt attempt) throws Exception {
        List<List<AuditEvent>> before = trails();
        Message.Builder request = ApiFields.request(ApiFields.rpcs().get(attempt.rpc())).toBuilder();
        JsonFormat.parser().merge(attempt.request(), request);
        Channel channel = actingAs(attempt.acting(), JETON.as(attempt.credential()));

        StatusRuntimeException refused = catchThrowableOfType(
                StatusRuntimeException.class, () -> ApiFields.call(channel, attempt.rpc(), request.build()));

        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.getStatus().getCode()).as("%s", refused).isEqualTo(attempt.refusal());
        assertThat(trails()).isEqualTo(before);
    }

    /** Proves that the refusals have no other reason. */
    @Test
    void sameCallsOnOwnResourcesSucceed() throws Exception {
        List<Attempt> own = new ArrayList<>();
        Token mine = issue(member).getToken();
        addTokenChanges("member", asMember, null, mine, Code.OK, own);
        Token cancelled = issue(member).getToken();
        new Console(JETON.as(asAdmin)).cancel(cancelled.getId());
        String undo = "ReactivateToken {\"tokenId\": \"%s\"}".formatted(cancelled.getId());
        own.add(attempt("admin", asAdmin, null, undo, Code.OK));
        own.add(attempt("member", asMember, null, newTokenFor(member), Code.OK));
        own.add(attempt("admin", asAdmin, member, "CreateToken {\"name\": \"n\"}", Code.OK));
        own.add(attempt("admin", asAdmin, null, newTokenFor(member), Code.OK));
        own.add(attempt("admin", asAdmin, null, newUser(home, "ROLE_TENANT_ADMIN"), Code.OK));
        own.add(attempt("system's admin", asSystemAdmin, null, promote(systemAdmin, "ROLE_TENANT_ADMIN"), Code.OK));
        for (Attempt attempt : own) {
            Message.Builder request = ApiFields.request(ApiFields.rpcs().get(attempt.rpc())).toBuilder();
            JsonFormat.parser().merge(attempt.request(), request);
            ApiFields.call(actingAs(attempt.acting(), JETON.as(attempt.credential())), attempt.rpc(), request.build());
        }
    }

    @Test
    void cannotVerifyOtherTenantsTokensByActingAsOrNamingThem() {
        for (String credential : List.of(asMemberWithEverything, asAdmin)) {
            for (Channel channel : List.of(JETON.as(credential), actingAs(operator, JETON.as(credential)))) {
                Console console = new Console(channel);
                assertThat(console.verdict(use(strangersToken))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
                assertThat(console.verdict(use(strangersToken).setTenantId(foreign.getId())))
                        .isEqualTo(Verdict.VERDICT_NOT_FOUND);
            }
        }
        assertThat(new Console(JETON.as(asSystemAdmin)).verdict(use(strangersToken)))
                .as("callers of the system tenant verify any token")
                .isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    /** Adds attempts to grant reserved scopes to new and existing tokens. */
    private static void addScopeGrants(String who, String credential, User acting, List<Attempt> all) {
        for (String scopes :
                List.of("\"jeton:verify\"", "\"jeton:act-as\"", "\"inference\", \"jeton:manage\", \"jeton:act-as\"")) {
            all.add(attempt(
                    who,
                    credential,
                    acting,
                    "CreateToken {\"name\": \"n\", \"scopes\": [%s]}".formatted(scopes),
                    Code.PERMISSION_DENIED));
            if (acting != colleague) {
                all.add(attempt(
                        who,
                        credential,
                        acting,
                        "UpdateToken {\"tokenId\": \"%s\", \"scopes\": {\"values\": [%s]}}"
                                .formatted(membersToken.getId(), scopes),
                        Code.PERMISSION_DENIED));
            }
        }
    }

    private static void addTokenChanges(
            String who, String credential, User acting, Token token, Code refusal, List<Attempt> all) {
        for (String change : List.of(
                "UpdateToken {\"tokenId\": \"%s\", \"scopes\": {\"values\": [\"jeton:manage\"]}}",
                "UpdateToken {\"tokenId\": \"%s\", \"description\": \"changed\"}",
                "RenewToken {\"tokenId\": \"%s\", \"neverExpires\": true}",
                "AssignToken {\"tokenId\": \"%s\"}",
                "CancelToken {\"tokenId\": \"%s\"}",
                "ReactivateToken {\"tokenId\": \"%s\"}",
                "DeleteToken {\"tokenId\": \"%s\"}")) {
            all.add(attempt(who, credential, acting, change.formatted(token.getId()), refusal));
        }
    }

    private static String newTokenFor(User owner) {
        return "CreateToken {\"userId\": \"%s\", \"name\": \"n\"}".formatted(owner.getId());
    }

    private static String newUser(Tenant tenant, String role) {
        return "CreateUser {\"tenantId\": \"%s\", \"email\": \"%s@example.com\", \"role\": \"%s\"}"
                .formatted(tenant.getId(), UUID.randomUUID(), role);
    }

    private static String promote(User user, String role) {
        return "UpdateUser {\"userId\": \"%s\", \"role\": \"%s\"}".formatted(user.getId(), role);
    }

    private static Attempt attempt(String who, String credential, User acting, String call, Code refusal) {
        int space = call.indexOf(' ');
        return new Attempt(who, credential, acting, call.substring(0, space), call.substring(space + 1), refusal);
    }

    private static Channel actingAs(User user, Channel channel) {
        if (user == null) {
            return channel;
        }
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("jeton-acting-user", Metadata.ASCII_STRING_MARSHALLER), user.getId());
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** The newest event of each tenant involved. */
    private static List<List<AuditEvent>> trails() {
        return Stream.of(home.getId(), foreign.getId(), TenantId.SYSTEM.toString())
                .map(tenantId -> JETON.console()
                        .audit
                        .listAuditEvents(ListAuditEventsRequest.newBuilder()
                                .setTenantId(tenantId)
                                .setPageSize(1)
                                .build())
                        .getEventsList())
                .toList();
    }

    private static Tenant tenant(Console console) {
        return console.tenant(TokenPolicy.newBuilder()
                .setWorkloadRule(WorkloadRule.newBuilder().setMaxWorkloads(3))
                .build());
    }

    private static User user(String tenantId, Role role) {
        return JETON.console().user(tenantId, role);
    }

    private static CreateTokenResponse issue(User owner, String... scopes) {
        CreateTokenRequest.Builder request = newToken(owner, "issued").addAllScopes(List.of(scopes));
        return JETON.console().create(request);
    }
}
