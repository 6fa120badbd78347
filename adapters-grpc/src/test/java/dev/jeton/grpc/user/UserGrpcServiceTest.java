package dev.jeton.grpc.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.FailedPrecondition;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.grpc.ApiUnderTest;
import dev.jeton.grpc.Refusal;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.DeleteUserRequest;
import dev.jeton.v1.DisableUserRequest;
import dev.jeton.v1.EnableUserRequest;
import dev.jeton.v1.GetProfileRequest;
import dev.jeton.v1.GetProfileResponse;
import dev.jeton.v1.GetUserRequest;
import dev.jeton.v1.ListUsersRequest;
import dev.jeton.v1.ListUsersResponse;
import dev.jeton.v1.UpdateUserRequest;
import dev.jeton.v1.UserServiceGrpc;
import dev.jeton.v1.UserState;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserGrpcServiceTest {
    private final ApiUnderTest api = new ApiUnderTest();
    private final UserServiceGrpc.UserServiceBlockingStub users = UserServiceGrpc.newBlockingStub(api.asCaller());
    private final TenantId tenantId = Tenants.anId();
    private final User user = Users.admin(tenantId);
    private final String id = user.id().toString();

    UserGrpcServiceTest() {
        api.users.answerWith(user);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void createsUser() {
        dev.jeton.v1.User reply = users.createUser(CreateUserRequest.newBuilder()
                        .setTenantId(tenantId.toString())
                        .setEmail("grace@example.com")
                        .setDisplayName("Grace")
                        .setRole(dev.jeton.v1.Role.ROLE_TENANT_ADMIN)
                        .build())
                .getUser();

        assertThat(api.users.asked())
                .containsExactly(
                        "create",
                        api.gate.caller(),
                        new CreateUser(
                                tenantId,
                                new Email("grace@example.com"),
                                new PersonName("Grace"),
                                Role.TENANT_ADMIN,
                                null));
        assertThat(reply.getId()).isEqualTo(id);
        assertThat(reply.getTenantId()).isEqualTo(tenantId.toString());
        assertThat(reply.getEmail()).isEqualTo(user.email().value());
        assertThat(reply.getDisplayName()).isEqualTo("grace");
        assertThat(reply.getRole()).isEqualTo(dev.jeton.v1.Role.ROLE_TENANT_ADMIN);
        assertThat(reply.getState()).isEqualTo(UserState.USER_STATE_ACTIVE);
        assertThat(reply.getCreateTime().getNanos()).isEqualTo(123_456_000);
        assertThat(reply.getUpdateTime()).isEqualTo(reply.getCreateTime());
        assertThat(reply.getEtag()).isEqualTo(user.revision().etag().value());
    }

    @Test
    void createsMembersOfTheCallersTenantByDefault() {
        users.createUser(
                CreateUserRequest.newBuilder().setEmail("ada@example.com").build());

        assertThat(api.users.asked())
                .contains(new CreateUser(null, new Email("ada@example.com"), new PersonName(""), Role.MEMBER, null));
    }

    @Test
    void reportsAllViolationsAtOnce() {
        Refusal refusal = Refusal.of(() -> users.createUser(CreateUserRequest.newBuilder()
                .setTenantId("..")
                .setEmail("nobody")
                .setDisplayName("evil\u202Etxt")
                .setRoleValue(999)
                .build()));

        assertThat(refusal.violations())
                .containsExactly(
                        "tenant_id INVALID_ID",
                        "email INVALID_EMAIL",
                        "display_name INVALID_CHARACTER",
                        "role INVALID_ENUM_VALUE");
        assertThat(refusal.reason()).isEqualTo("INVALID_ID");
        assertThat(refusal.message())
                .contains(
                        "tenant_id must be a UUID",
                        "role must be one of ROLE_MEMBER, ROLE_TENANT_ADMIN, ROLE_OPERATOR");
    }

    @Test
    void refusesInvalidTexts() {
        assertThat(violationsOfEmail("")).containsExactly("email REQUIRED");
        assertThat(violationsOfEmail("a@" + "b".repeat(10_000))).containsExactly("email TOO_LONG");
        assertThat(violationsOfEmail("a\u0000@example.com")).containsExactly("email INVALID_CHARACTER");
        assertThat(violationsOfEmail(" a@example.com")).containsExactly("email SURROUNDING_WHITE_SPACE");
    }

    @Test
    void getsUser() {
        users.getUser(GetUserRequest.newBuilder().setUserId(id).build());

        assertThat(api.users.asked()).containsExactly("get", api.gate.caller(), user.id());
    }

    @Test
    void listsUsersPageByPage() {
        Cursor end = new Cursor(user.id().value());
        api.users.answerWith(new Page<>(List.of(user), end));
        ListUsersResponse first = users.listUsers(
                ListUsersRequest.newBuilder().setTenantId(tenantId.toString()).build());
        assertThat(api.users.asked())
                .containsExactly("list", api.gate.caller(), tenantId, PageRequest.first(PageRequest.DEFAULT_SIZE));

        api.users.forget();
        users.listUsers(ListUsersRequest.newBuilder()
                .setTenantId(tenantId.toString())
                .setPageSize(1000)
                .setPageToken(first.getNextPageToken())
                .build());
        assertThat(api.users.asked()).contains(new PageRequest(1000, end));
    }

    @Test
    void refusesPageTokenOfAnotherTenantsList() {
        api.users.answerWith(new Page<>(List.of(user), new Cursor(user.id().value())));
        String token = users.listUsers(ListUsersRequest.newBuilder()
                        .setTenantId(tenantId.toString())
                        .build())
                .getNextPageToken();

        Refusal refusal = Refusal.of(() -> users.listUsers(ListUsersRequest.newBuilder()
                .setTenantId(Tenants.anId().toString())
                .setPageToken(token)
                .build()));

        assertThat(refusal.violations()).containsExactly("page_token INVALID_PAGE_TOKEN");
    }

    @Test
    void updatesOnlyWhatIsPresent() {
        users.updateUser(
                UpdateUserRequest.newBuilder().setUserId(id).setDisplayName("").build());
        assertThat(api.users.asked())
                .containsExactly(
                        "update", api.gate.caller(), new UpdateUser(user.id(), null, new PersonName(""), null, null));

        api.users.forget();
        users.updateUser(UpdateUserRequest.newBuilder()
                .setUserId(id)
                .setEmail("g@example.com")
                .setRole(dev.jeton.v1.Role.ROLE_OPERATOR)
                .setEtag("1")
                .build());
        assertThat(api.users.asked())
                .contains(new UpdateUser(user.id(), new Email("g@example.com"), null, Role.OPERATOR, new Etag("1")));
    }

    @Test
    void refusesEmptyUpdatesAndUnspecifiedRoles() {
        assertThat(Refusal.of(() -> users.updateUser(
                                UpdateUserRequest.newBuilder().setUserId(id).build()))
                        .violations())
                .containsExactly(" NOTHING_TO_UPDATE");
        assertThat(Refusal.of(() -> users.updateUser(UpdateUserRequest.newBuilder()
                                .setUserId(id)
                                .setRole(dev.jeton.v1.Role.ROLE_UNSPECIFIED)
                                .build()))
                        .violations())
                .containsExactly("role INVALID_ENUM_VALUE");
    }

    @Test
    void disablesEnablesAndDeletesUser() {
        users.disableUser(
                DisableUserRequest.newBuilder().setUserId(id).setEtag("1").build());
        assertThat(api.users.asked()).containsExactly("disable", api.gate.caller(), user.id(), new Etag("1"));

        api.users.forget();
        users.enableUser(EnableUserRequest.newBuilder().setUserId(id).build());
        assertThat(api.users.asked()).containsExactly("enable", api.gate.caller(), user.id(), null);

        api.users.forget();
        users.deleteUser(
                DeleteUserRequest.newBuilder().setUserId(id).setEtag("2").build());
        assertThat(api.users.asked()).containsExactly("delete", api.gate.caller(), user.id(), new Etag("2"));
    }

    @Test
    void forwardsErrorsOfTheApplication() {
        api.users.failWith(new FailedPrecondition(ErrorReason.LAST_OPERATOR_PROTECTED, "The last operator stays."));

        Refusal refusal = Refusal.of(() ->
                users.disableUser(DisableUserRequest.newBuilder().setUserId(id).build()));

        assertThat(refusal.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(refusal.reason()).isEqualTo("LAST_OPERATOR_PROTECTED");
        assertThat(refusal.message()).isEqualTo("The last operator stays.");
    }

    @Test
    void returnsTheCallersProfile() {
        GetProfileResponse reply = users.getProfile(GetProfileRequest.getDefaultInstance());

        assertThat(api.users.asked()).containsExactly("profile", api.gate.caller());
        assertThat(reply.getUser().getRole()).isEqualTo(dev.jeton.v1.Role.ROLE_MEMBER);
        assertThat(reply.getTenant().getDisplayName()).isEqualTo("Acme AI");
        assertThat(reply.getPermissionsList()).containsExactly("jeton:manage", "jeton:verify");
    }

    private List<String> violationsOfEmail(String email) {
        return Refusal.of(() -> users.createUser(
                        CreateUserRequest.newBuilder().setEmail(email).build()))
                .violations();
    }
}
