package dev.jeton.application.call;

import dev.jeton.application.access.Caller;
import dev.jeton.application.access.Missing;
import dev.jeton.application.page.Page;
import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.Role;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One permitted call: who calls, what the caller can see and when it is. Operators see every tenant, others only their own, and members only
 * their own tokens; anything else is reported as not found, as a random id is. Obtained from {@link Calls#read}; valid only inside the work
 * it is passed to. Not thread-safe.
 */
public class ReadCall {
    private final Caller caller;
    private final Repositories repositories;

    ReadCall(Caller caller, Repositories repositories) {
        this.caller = caller;
        this.repositories = repositories;
    }

    public final Caller caller() {
        return caller;
    }

    /** Returns the repositories for reading; write through {@link Call#changes()}. */
    public final Repositories repositories() {
        return repositories;
    }

    /** Returns the instant of the call, by the store's clock. Take all locks, or read, first. */
    public final Instant now() {
        return repositories.moment().time();
    }

    /** Returns where the caller can see something. */
    public final Reach reach() {
        return switch (caller.role()) {
            case OPERATOR -> new Reach.EveryTenant();
            case TENANT_ADMIN -> Reach.of(caller.tenantId());
            case MEMBER -> new Reach.OwnTokens(caller.tenantId(), caller.userId());
        };
    }

    /** Returns the named tenant, or the caller's own if {@code named} is null; TENANT_NOT_FOUND if the caller cannot see it. */
    public final TenantId visible(@Nullable TenantId named) {
        if (named == null || named.equals(caller.tenantId())) {
            return caller.tenantId();
        }
        if (!caller.isOperator()) {
            throw Missing.tenant(named);
        }
        return named;
    }

    /** Whether the caller can see the tokens of {@code ownerId}, a user in a tenant that it can see. */
    public final boolean canSeeTokensOf(UserId ownerId) {
        return caller.role() != Role.MEMBER || ownerId.equals(caller.userId());
    }

    /** @param named null: the caller's own */
    public final Tenant tenant(@Nullable TenantId named) {
        TenantId id = visible(named);
        return repositories.tenants().find(id).orElseThrow(() -> Missing.tenant(id));
    }

    /** Returns a page of what a tenant contains; TENANT_NOT_FOUND if there is no such tenant. Looks for the tenant only if the page is empty. */
    public final <T> Page<T> ofExisting(TenantId id, Function<TenantId, Page<T>> page) {
        Page<T> found = page.apply(id);
        if (found.items().isEmpty()) {
            tenant(id);
        }
        return found;
    }

    public final User user(UserId id) {
        return repositories.users().find(reach(), id).orElseThrow(() -> Missing.user(id));
    }

    public final Workload workload(WorkloadId id) {
        return repositories.workloads().find(reach(), id).orElseThrow(() -> Missing.workload(id));
    }

    public final Token token(TokenId id) {
        return repositories.tokens().find(reach(), id).orElseThrow(() -> Missing.token(id));
    }
}
