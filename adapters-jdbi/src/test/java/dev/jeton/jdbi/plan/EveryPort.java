package dev.jeton.jdbi.plan;

import dev.jeton.application.page.AuditFilter;
import dev.jeton.application.page.Cursor;
import dev.jeton.application.page.PageRequest;
import dev.jeton.application.page.TokenFilter;
import dev.jeton.application.port.outbound.AuditChainStore.Sealing;
import dev.jeton.application.port.outbound.Reach;
import dev.jeton.application.port.outbound.Repositories;
import dev.jeton.application.port.outbound.RequestLog;
import dev.jeton.application.port.outbound.StoredDigests.Replacement;
import dev.jeton.application.port.outbound.SweepRepository.Kind;
import dev.jeton.application.port.outbound.SweepRepository.Sweep;
import dev.jeton.application.port.outbound.TokenIssuance.FirstRequest;
import dev.jeton.application.port.outbound.TokenIssuance.Issued;
import dev.jeton.application.port.outbound.TokenIssuance.Needs;
import dev.jeton.application.port.outbound.TokenLookup.TokenKey;
import dev.jeton.application.port.outbound.TokenLookup.WorkloadKey;
import dev.jeton.application.port.outbound.contract.Persistence;
import dev.jeton.domain.audit.AuditChain;
import dev.jeton.domain.audit.AuditEvent;
import dev.jeton.domain.audit.CallId;
import dev.jeton.domain.audit.Origin;
import dev.jeton.domain.fixture.AuditEvents;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.tenant.TenantState;
import dev.jeton.domain.token.SecretDigest;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.token.TokenStatus;
import dev.jeton.domain.user.User;
import dev.jeton.domain.user.UserId;
import dev.jeton.domain.user.UserState;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import dev.jeton.domain.workload.WorkloadKind;
import dev.jeton.domain.workload.WorkloadState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Calls every method of every outbound port, and so executes every statement. Records which methods it has called. */
final class EveryPort {
    private static final String PORTS = Repositories.class.getPackageName();
    private static final Instant LATER = Instant.parse("2026-03-06T11:16:31.654321Z");
    private static final Duration RETENTION = Duration.ofDays(1);
    private static final int SLICE = 100;
    private static final int ISSUANCES = 4;
    private static final PageRequest FIRST = PageRequest.first(SLICE);
    /** Mismatches every stored digest. */
    private static final SecretDigest OTHER = new SecretDigest("hmac-other", new byte[32]);

    private final Jdbi backdoor;
    private final Persistence store;
    private final Set<Method> called = new HashSet<>();

    EveryPort(Persistence store, Jdbi backdoor) {
        this.store = recorded(Persistence.class, store);
        this.backdoor = backdoor;
    }

    /**
     * Rows that the calls are about.
     *
     * @param digest of {@code token}
     * @param deletedTenant what is left of it is not swept yet
     */
    record World(
            TenantId tenant,
            UserId owner,
            WorkloadId workload,
            TokenId token,
            SecretDigest digest,
            TokenId other,
            UserId dispensableUser,
            WorkloadId dispensableWorkload,
            UserId deletedOwner,
            WorkloadId deletedWorkload,
            TenantId deletedTenant,
            UUID resource,
            UUID lateEvent,
            UUID lateRow,
            Instant purgedBefore) {}

    /** Stores a small world. */
    World stored() {
        Tenant tenant = Tenants.acme();
        User owner = Users.member(tenant.id());
        User dispensable = Users.member(tenant.id());
        Workload workload = Workloads.model(tenant.id());
        Workload another = Workloads.endpoint(tenant.id());
        Token token = Tokens.of(owner);
        Token other = Tokens.of(owner);
        SecretDigest digest = Tokens.digest(token);
        AuditEvent old = AuditEvents.at(tenant.id(), Instant.EPOCH);
        transact(repositories -> {
            repositories.tenants().insert(tenant);
            repositories.users().insert(owner);
            repositories.users().insert(dispensable);
            repositories.workloads().insert(workload);
            repositories.workloads().insert(another);
            repositories.tokens().insert(token, digest);
            repositories.tokens().insert(other, Tokens.digest(other));
            repositories.audit().append(old);
        });
        return new World(
                tenant.id(),
                owner.id(),
                workload.id(),
                token.id(),
                digest,
                other.id(),
                dispensable.id(),
                another.id(),
                Users.anId(),
                Workloads.anId(),
                Tenants.anId(),
                Tokens.anId().value(),
                AuditEvents.anId().value(),
                Tokens.anId().value(),
                Instant.EPOCH);
    }

    void callAll(World world) {
        lookups(world);
        transact(repositories -> tenants(world, repositories));
        transact(repositories -> users(world, repositories));
        transact(repositories -> workloads(world, repositories));
        tokens(world);
        lookups(world);
        lookups(world);
        pages(world);
        reads(world);
        transact(repositories -> requests(world, repositories));
        sweeps(world);
        upkeep(world);
        store.auditChains().tryWithLock(sealing -> {
            chain(world, recorded(Sealing.class, sealing));
            return true;
        });
        audit(world);
    }

    /** Returns the abstract methods of all outbound ports that were not called. */
    Set<String> notCalled() {
        Set<Class<?>> ports = new HashSet<>(Set.of(Repositories.class, Sealing.class));
        Stream.of(Persistence.class, Repositories.class)
                .flatMap(each -> Stream.of(each.getMethods()))
                .map(Method::getReturnType)
                .filter(EveryPort::isPort)
                .forEach(ports::add);
        return ports.stream()
                .flatMap(port -> Stream.of(port.getMethods()))
                .filter(method -> !called.contains(method) && !method.isDefault())
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .collect(Collectors.toSet());
    }

    private void lookups(World world) {
        TokenKey token = new TokenKey(world.tenant(), world.token());
        TokenKey other = new TokenKey(world.tenant(), world.other());
        WorkloadKey workload = new WorkloadKey(world.tenant(), world.workload());
        WorkloadKey another = new WorkloadKey(world.tenant(), world.dispensableWorkload());
        read(Set.of(token), Set.of());
        read(Set.of(token, other), Set.of(workload, another));
    }

    private void read(Set<TokenKey> tokens, Set<WorkloadKey> workloads) {
        store.tokenLookup().read(tokens, workloads).toCompletableFuture().join();
    }

    private static void tenants(World world, Repositories repositories) {
        Tenant another = Tenants.acme();
        repositories.tenants().insert(another);
        repositories.tenants().insertIfAbsent(another);
        repositories.tenants().isEmpty(another.id());
        repositories.tenants().delete(another.id());
        repositories.tenants().isEmpty(world.tenant());
        repositories.tenants().find(world.tenant());
        repositories.tenants().hold(world.tenant());
        repositories.tenants().lockForDelete(world.tenant());
        Tenant locked = repositories.tenants().lock(world.tenant()).orElseThrow();
        repositories
                .tenants()
                .update(locked.state() == TenantState.ACTIVE ? locked.suspend(LATER) : locked.resume(LATER));
    }

    private static void users(World world, Repositories repositories) {
        TenantId tenantId = world.tenant();
        repositories.users().insert(Users.member(tenantId));
        for (Reach reach : reaches(tenantId)) {
            repositories.users().find(reach, world.owner());
            repositories.users().findWithTenant(reach, world.owner());
            repositories.users().holdOwner(reach, world.owner(), Set.of());
            repositories.users().holdOwner(reach, world.owner(), Set.of(world.workload()));
            repositories.users().lock(reach, world.owner());
            repositories.users().lockForDelete(reach, world.owner());
        }
        User locked = repositories.users().lock(tenantId, world.owner()).orElseThrow();
        repositories.users().update(locked.state() == UserState.ACTIVE ? locked.disable(LATER) : locked.enable(LATER));
        repositories.users().delete(tenantId, world.dispensableUser());
        repositories.users().deleteByTenant(world.deletedTenant(), SLICE);
        repositories.users().countActiveOperators(tenantId);
        repositories.users().firstActiveOperator(tenantId);
        repositories.moment();
    }

    private static void workloads(World world, Repositories repositories) {
        TenantId tenantId = world.tenant();
        repositories.workloads().insert(Workloads.model(tenantId));
        for (Reach reach : reaches(tenantId)) {
            repositories.workloads().find(reach, world.workload());
            repositories.workloads().lock(reach, world.workload());
            repositories.workloads().lockForDelete(reach, world.workload());
        }
        Workload locked =
                repositories.workloads().lock(tenantId, world.workload()).orElseThrow();
        repositories
                .workloads()
                .update(locked.state() == WorkloadState.ACTIVE ? locked.disable(LATER) : locked.enable(LATER));
        repositories.workloads().delete(tenantId, world.dispensableWorkload());
        repositories.workloads().deleteByTenant(world.deletedTenant(), SLICE);
    }

    private void tokens(World world) {
        TenantId tenantId = world.tenant();
        transact(repositories -> {
            User owner = repositories.users().find(tenantId, world.owner()).orElseThrow();
            Token another = Tokens.of(owner);
            repositories.tokens().insert(another, Tokens.digest(another));
            for (Reach reach : reaches(tenantId)) {
                repositories.tokens().find(reach, world.token());
                repositories.tokens().lock(reach, world.token(), Set.of());
                repositories.tokens().lock(reach, world.token(), Set.of(world.workload()));
            }
            Reach own = new Reach.OwnTokens(tenantId, world.owner());
            repositories.tokens().find(own, world.token());
            repositories.tokens().lock(own, world.token(), Set.of());
            Token locked = repositories
                    .tokens()
                    .lock(tenantId, world.token())
                    .orElseThrow()
                    .token();
            repositories.tokens().update(Tokens.cancelled(locked, "lost", LATER));
        });
        transact(repositories -> {
            for (Reach reach : reaches(tenantId)) {
                repositories.tokens().lockForDelete(reach, world.other());
            }
            repositories.tokens().delete(tenantId, world.other(), LATER);
            for (Reach reach : reaches(tenantId)) {
                repositories.tokens().formerOwner(reach, world.other());
            }
            repositories.tokens().deleteByOwner(tenantId, world.deletedOwner(), SLICE, LATER);
            repositories.tokens().deleteByTenant(world.deletedTenant(), SLICE);
            repositories.tokens().deleteTombstones(world.deletedTenant(), SLICE);
            repositories.tokens().unassign(tenantId, world.deletedWorkload(), SLICE, LATER);
        });
        issuances(world);
    }

    /** Often enough for each of the connections that share them. */
    private void issuances(World world) {
        User owner = store.transactor()
                .inTransaction(repositories ->
                        repositories.users().find(world.tenant(), world.owner()).orElseThrow());
        Needs needs = new Needs(world.tenant(), world.owner(), Set.of(world.workload()));
        for (int i = 0; i < ISSUANCES; i++) {
            Token token = Tokens.of(owner);
            RequestLog.Key key = new RequestLog.Key(
                    world.tenant(), world.owner(), "CreateToken", token.id().value());
            store.tokenIssuance()
                    .issue(
                            needs,
                            new FirstRequest(key, "digest"),
                            terms -> new Issued<>(
                                    token, Tokens.digest(token), AuditEvents.at(token.tenantId(), LATER), token))
                    .orElseThrow();
        }
    }

    private void pages(World world) {
        for (PageRequest page : List.of(FIRST, new PageRequest(SLICE, new Cursor(world.lateRow())))) {
            transact(repositories -> {
                repositories.directory().tenants(page);
                repositories.users().page(world.tenant(), page);
                repositories.workloads().page(world.tenant(), null, page);
                repositories.workloads().page(world.tenant(), WorkloadKind.ENDPOINT, page);
            });
            tokenFilters(world)
                    .forEach(filter ->
                            transact(repositories -> repositories.tokens().page(world.tenant(), filter, LATER, page)));
        }
        for (PageRequest page : List.of(FIRST, new PageRequest(SLICE, new Cursor(world.lateEvent())))) {
            auditFilters(world)
                    .forEach(filter ->
                            transact(repositories -> repositories.audit().page(world.tenant(), filter, page)));
        }
    }

    private static Stream<TokenFilter> tokenFilters(World world) {
        Stream<TokenFilter> all = Stream.of(
                TokenFilter.ALL,
                new TokenFilter(null, world.workload(), false, null, "", null),
                new TokenFilter(null, null, false, TokenStatus.ACTIVE, "", null),
                new TokenFilter(null, null, false, TokenStatus.CANCELLED, "", null),
                new TokenFilter(null, null, false, TokenStatus.EXPIRED, "", null),
                new TokenFilter(null, null, false, null, "", LATER),
                new TokenFilter(null, null, false, TokenStatus.ACTIVE, "token", LATER),
                new TokenFilter(null, null, true, null, "", null));
        return all.flatMap(filter -> Stream.of(filter, filter.ownedBy(world.owner())));
    }

    private static Stream<AuditFilter> auditFilters(World world) {
        UserId actor = world.owner();
        Stream<AuditFilter> all = Stream.of(
                AuditFilter.NONE,
                new AuditFilter(world.resource(), null, null, null, null),
                new AuditFilter(null, actor, null, null, null),
                new AuditFilter(null, null, "CancelToken", null, null),
                new AuditFilter(world.resource(), null, "CancelToken", null, null),
                new AuditFilter(world.resource(), actor, null, null, null),
                new AuditFilter(null, actor, "CancelToken", null, null));
        return all.flatMap(filter -> Stream.of(
                filter, new AuditFilter(filter.resourceId(), filter.actorId(), filter.action(), Instant.EPOCH, LATER)));
    }

    private static List<Reach> reaches(TenantId tenantId) {
        return List.of(Reach.of(tenantId), new Reach.EveryTenant());
    }

    /** Reads without a transaction have SQL of their own. */
    private void reads(World world) {
        for (Reach reach : reaches(world.tenant())) {
            read(repositories -> repositories.users().find(reach, world.owner()));
            read(repositories -> repositories.users().findWithTenant(reach, world.owner()));
            read(repositories -> repositories.workloads().find(reach, world.workload()));
            read(repositories -> repositories.tokens().find(reach, world.token()));
        }
        read(repositories -> repositories.tenants().find(world.tenant()));
        for (PageRequest page : List.of(FIRST, new PageRequest(SLICE, new Cursor(world.lateRow())))) {
            read(repositories -> repositories.directory().tenants(page));
            read(repositories -> repositories.users().page(world.tenant(), page));
            read(repositories -> repositories.workloads().page(world.tenant(), null, page));
            tokenFilters(world)
                    .forEach(filter ->
                            read(repositories -> repositories.tokens().page(world.tenant(), filter, null, page)));
            auditFilters(world)
                    .forEach(filter -> read(repositories -> repositories.audit().page(world.tenant(), filter, page)));
        }
    }

    private void read(Function<Repositories, Object> work) {
        store.transactor().read(work);
    }

    private static void requests(World world, Repositories repositories) {
        UUID id = Tokens.anId().value();
        RequestLog.Key key = new RequestLog.Key(world.tenant(), world.owner(), "CreateToken", id);
        repositories.requests().claim(key);
        repositories.requests().find(key);
        repositories.requests().put(key, new RequestLog.Entry("digest", id, Instant.EPOCH));
        repositories.requests().claim(key);
        repositories.requests().find(key);
        repositories.requests().put(key, new RequestLog.Entry("digest", world.resource(), LATER));
    }

    private void sweeps(World world) {
        Sweep sweep = new Sweep(
                world.tenant(),
                Kind.USER,
                Users.anId().value(),
                new Origin("DeleteUser", null, null, null, new CallId(world.resource())),
                LATER);
        transact(repositories -> repositories.sweeps().insert(sweep));
        transact(repositories -> repositories.sweeps().lockNext());
        transact(repositories -> repositories.sweeps().delete(sweep));
    }

    private void upkeep(World world) {
        TokenKey token = new TokenKey(world.tenant(), world.token());
        TokenKey absent = new TokenKey(world.tenant(), Tokens.anId());
        store.usageLog().record(Map.of(token, LATER, absent, LATER));
        whileLocked(token, () -> store.usageLog().record(Map.of(token, LATER.plusSeconds(1))));
        store.storedDigests()
                .replace(List.of(
                        new Replacement(token, world.digest(), world.digest()), new Replacement(absent, OTHER, OTHER)));
        whileLocked(token, () -> store.storedDigests()
                .replace(List.of(new Replacement(token, world.digest(), world.digest()))));
        store.storedDigests().registerFingerprints(List.of(OTHER));
        store.storedDigests().schemesInUse();
        store.requestIds().removeBefore(world.purgedBefore());
        store.changeRecords().removeBefore(world.purgedBefore());
        store.tombstones().removeBefore(world.purgedBefore());
        store.installationKeys().putIfAbsent("test", new byte[32]);
    }

    private static void chain(World world, Sealing sealing) {
        List<AuditEvent> events = sealing.pending(1_000);
        Set<TenantId> tenantIds = events.stream().map(AuditEvent::tenantId).collect(Collectors.toSet());
        sealing.append(AuditChain.extend(sealing.heads(tenantIds), events));
        long purged = sealing.start(world.tenant()).checkpoint().count();
        int expired = sealing.expired(world.tenant(), RETENTION, SLICE).size();
        sealing.purge(world.tenant(), purged + expired, RETENTION);
    }

    private void audit(World world) {
        TenantId tenantId = world.tenant();
        store.auditChains().tenantAfter(null);
        store.auditChains().tenantAfter(tenantId);
        store.auditChains().head(tenantId);
        store.auditChains().start(tenantId);
        store.auditChains().chained(tenantId, 0, SLICE);
        store.auditChains().recorded(tenantId, null, SLICE).stream().findFirst().ifPresent(first -> store.auditChains()
                .recorded(tenantId, first.eventId(), SLICE));
        transact(repositories -> repositories.audit().append(AuditEvents.at(tenantId, LATER)));
        store.auditChains().lost(tenantId);
    }

    /** Calls while another transaction has locked the token and what hangs on it, and ends that transaction when the call waits. */
    private void whileLocked(TokenKey key, Runnable call) {
        try (Handle locking = backdoor.open()) {
            UUID[] ids = {key.tenantId().value(), key.tokenId().value()};
            locking.begin();
            locking.execute("SELECT FROM tokens WHERE tenant_id = ? AND token_id = ? FOR UPDATE", (Object[]) ids);
            locking.execute("SELECT FROM token_usage WHERE tenant_id = ? AND token_id = ? FOR UPDATE", (Object[]) ids);
            CompletableFuture<Void> released = CompletableFuture.runAsync(() -> {
                while (!locking.select("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                        .mapTo(Boolean.class)
                        .one()) {
                    Thread.onSpinWait();
                }
                locking.rollback();
            });
            call.run();
            released.join();
        }
    }

    private void transact(Consumer<Repositories> work) {
        store.transactor().inTransaction(repositories -> {
            work.accept(recorded(Repositories.class, repositories));
            return true;
        });
    }

    /** Returns the port; records the calls to it and to the ports that it returns. */
    private <T> T recorded(Class<T> port, T target) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, values) -> {
                    called.add(method);
                    try {
                        Object result = method.invoke(target, values);
                        return isPort(method.getReturnType()) ? recordedAs(method.getReturnType(), result) : result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    private <T> T recordedAs(Class<T> port, Object target) {
        return recorded(port, port.cast(target));
    }

    private static boolean isPort(Class<?> type) {
        return type.isInterface() && type.getPackageName().equals(PORTS);
    }
}
