package dev.jeton.grpc;

import dev.jeton.application.access.Caller;
import dev.jeton.application.page.Page;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.port.inbound.Created;
import dev.jeton.application.port.inbound.user.CreateUser;
import dev.jeton.application.port.inbound.user.Profile;
import dev.jeton.application.port.inbound.user.UpdateUser;
import dev.jeton.application.port.inbound.user.UserAdministration;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.resource.Etag;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers every call with one user. */
public final class FakeUsers extends FakePort implements UserAdministration {
    private boolean replayed;
    private User user = Users.member(Tenants.anId());
    private Page<User> page = new Page<>(List.of(), null);
    private Profile profile = new Profile(user, Tenants.acme(), Scopes.of(Scope.VERIFY, Scope.MANAGE));

    public void answerWith(User next) {
        user = next;
    }

    public void answerWith(Page<User> next) {
        page = next;
    }

    /** Makes every later create a replay. */
    public void replay() {
        replayed = true;
    }

    @Override
    public Created<User> create(Caller caller, CreateUser command) {
        return answer(new Created<>(user, replayed), "create", caller, command);
    }

    @Override
    public User get(Caller caller, UserId userId) {
        return answer(user, "get", caller, userId);
    }

    @Override
    public Page<User> list(Caller caller, @Nullable TenantId tenantId, PageRequest pageRequest) {
        return answer(page, "list", caller, tenantId, pageRequest);
    }

    @Override
    public User update(Caller caller, UpdateUser command) {
        return answer(user, "update", caller, command);
    }

    @Override
    public User disable(Caller caller, UserId userId, @Nullable Etag etag) {
        return answer(user, "disable", caller, userId, etag);
    }

    @Override
    public User enable(Caller caller, UserId userId, @Nullable Etag etag) {
        return answer(user, "enable", caller, userId, etag);
    }

    @Override
    public void delete(Caller caller, UserId userId, @Nullable Etag etag) {
        answer("delete", "delete", caller, userId, etag);
    }

    @Override
    public Profile profile(Caller caller) {
        return answer(profile, "profile", caller);
    }
}
