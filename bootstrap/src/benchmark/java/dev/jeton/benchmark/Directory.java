package dev.jeton.benchmark;

import dev.jeton.domain.tenant.TenantId;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.CreateUserRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.TenantServiceGrpc;
import dev.jeton.v1.TokenServiceGrpc;
import dev.jeton.v1.UserServiceGrpc;
import io.grpc.Channel;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Makes tenants, users and callers through the API, as an operator. Thread-safe. */
final class Directory {
    private static final int CALLERS = 16;
    private static final long DEADLINE_SECONDS = 60;

    private final Channel operator;

    Directory(JetonServer server) {
        operator = server.as(server.operatorToken());
    }

    /** As many tenants with a user each. */
    List<Owner> owners(int count) {
        ForkJoinPool callers = new ForkJoinPool(CALLERS);
        try {
            return callers.submit(() -> IntStream.range(0, count)
                            .parallel()
                            .mapToObj(number -> user(tenant("Tenant " + number), Role.ROLE_MEMBER))
                            .toList())
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Tenants and users could not be made", e);
        } finally {
            callers.shutdownNow();
        }
    }

    TenantId tenant(String name) {
        CreateTenantRequest request =
                CreateTenantRequest.newBuilder().setDisplayName(name).build();
        String id = TenantServiceGrpc.newBlockingStub(operator)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .createTenant(request)
                .getTenant()
                .getId();
        return new TenantId(UUID.fromString(id));
    }

    Owner user(TenantId tenant, Role role) {
        CreateUserRequest request = CreateUserRequest.newBuilder()
                .setTenantId(tenant.value().toString())
                .setEmail(UUID.randomUUID() + "@example.com")
                .setRole(role)
                .build();
        String id = UserServiceGrpc.newBlockingStub(operator)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .createUser(request)
                .getUser()
                .getId();
        return new Owner(tenant, UUID.fromString(id));
    }

    /** A token of the operator's that may verify every tenant's tokens and nothing else. */
    String gateway() {
        return token(CreateTokenRequest.newBuilder().setName("gateway").addScopes("jeton:verify"));
    }

    /** A token of this user's that may manage what the user may. */
    String manager(Owner user) {
        return token(CreateTokenRequest.newBuilder()
                .setTenantId(user.tenantId().value().toString())
                .setUserId(user.userId().toString())
                .setName("manager")
                .addScopes("jeton:manage"));
    }

    /** The id of a token of this user's. */
    String tokenId(Owner user, String name) {
        CreateTokenRequest.Builder request = CreateTokenRequest.newBuilder()
                .setTenantId(user.tenantId().value().toString())
                .setUserId(user.userId().toString())
                .setName(name);
        return created(request).getToken().getId();
    }

    private String token(CreateTokenRequest.Builder request) {
        return created(request).getSecret();
    }

    private CreateTokenResponse created(CreateTokenRequest.Builder request) {
        return TokenServiceGrpc.newBlockingStub(operator)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .createToken(request.build());
    }
}
