package dev.jeton.grpc.user;

import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.Profile;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.text.Email;
import dev.jeton.domain.text.PersonName;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import dev.jeton.grpc.message.EnumMapping;
import dev.jeton.grpc.message.Ids;
import dev.jeton.grpc.message.PageQuery;
import dev.jeton.grpc.message.ReplyPages;
import dev.jeton.grpc.message.RequestKeys;
import dev.jeton.grpc.message.RequestReader;
import dev.jeton.grpc.message.Times;
import dev.jeton.grpc.tenant.TenantProtos;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.GetProfileResponse;
import dev.jeton.v1.ListUsersRequest;
import dev.jeton.v1.ListUsersResponse;
import dev.jeton.v1.UpdateUserRequest;
import org.jspecify.annotations.Nullable;

/** Converts the requests and replies of {@link UserGrpcService}. */
final class UserProtos {
    private static final EnumMapping<Role, dev.jeton.v1.Role> ROLES =
            EnumMapping.byName(Role.class, dev.jeton.v1.Role.class, "ROLE_");
    private static final EnumMapping<UserState, dev.jeton.v1.UserState> STATES =
            EnumMapping.byName(UserState.class, dev.jeton.v1.UserState.class, "USER_STATE_");

    private UserProtos() {}

    record ListUsers(@Nullable TenantId tenantId, PageRequest page) {}

    static CreateUser createUser(CreateUserRequest request) {
        RequestReader read = new RequestReader();
        var tenantId = read.unlessEmpty("tenant_id", request.getTenantId(), Ids::tenant);
        var email = read.value("email", request.getEmail(), Email::new);
        var displayName = read.value("display_name", request.getDisplayName(), PersonName::new);
        var role = read.value("role", request.getRole(), UserProtos::roleOrMember);
        var requestKey = RequestKeys.read(read, request, request.getRequestId());
        return read.build(
                () -> new CreateUser(tenantId.get(), email.get(), displayName.get(), role.get(), requestKey.get()));
    }

    static UserId userId(String text) {
        return RequestReader.single("user_id", text, Ids::user);
    }

    static ListUsers listUsers(ListUsersRequest request, PageQuery query) {
        RequestReader read = new RequestReader();
        var tenantId = read.unlessEmpty("tenant_id", request.getTenantId(), Ids::tenant);
        var page = read.page(request.getPageSize(), request.getPageToken(), query);
        return read.build(() -> new ListUsers(tenantId.get(), page.get()));
    }

    static UpdateUser updateUser(UpdateUserRequest request) {
        RequestReader read = new RequestReader();
        var userId = read.value("user_id", request.getUserId(), Ids::user);
        var email = read.ifPresent(request.hasEmail(), "email", request.getEmail(), Email::new);
        var displayName =
                read.ifPresent(request.hasDisplayName(), "display_name", request.getDisplayName(), PersonName::new);
        var role = read.ifPresent(request.hasRole(), "role", request.getRole(), ROLES::toDomain);
        read.requireChange(
                request.hasEmail() || request.hasDisplayName() || request.hasRole(), "email, display_name or role");
        return read.build(() -> new UpdateUser(
                userId.get(), email.get(), displayName.get(), role.get(), RequestReader.etag(request.getEtag())));
    }

    private static Role roleOrMember(dev.jeton.v1.Role role) {
        return EnumMapping.isSpecified(role) ? ROLES.toDomain(role) : Role.MEMBER;
    }

    static dev.jeton.v1.User user(User user) {
        return dev.jeton.v1.User.newBuilder()
                .setId(user.id().toString())
                .setTenantId(user.tenantId().toString())
                .setEmail(user.email().value())
                .setDisplayName(user.displayName().value())
                .setRole(ROLES.toProto(user.role()))
                .setState(STATES.toProto(user.state()))
                .setCreateTime(Times.timestamp(user.revision().createTime()))
                .setUpdateTime(Times.timestamp(user.revision().updateTime()))
                .setEtag(user.revision().etag().value())
                .build();
    }

    static ListUsersResponse users(Page<User> page, PageQuery query) {
        Page<dev.jeton.v1.User> fitting =
                ReplyPages.of(page, UserProtos::user, user -> user.id().value());
        return ListUsersResponse.newBuilder()
                .addAllUsers(fitting.items())
                .setNextPageToken(query.tokenFor(fitting.next()))
                .build();
    }

    static GetProfileResponse profile(Profile profile) {
        return GetProfileResponse.newBuilder()
                .setUser(user(profile.user()))
                .setTenant(TenantProtos.tenant(profile.tenant()))
                .addAllPermissions(profile.permissions().values().stream()
                        .map(Scope::value)
                        .toList())
                .build();
    }
}
