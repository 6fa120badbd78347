package dev.jeton.bootstrap.endtoend;

import com.google.protobuf.util.JsonFormat;
import dev.jeton.bootstrap.support.Api;
import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.User;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The API as used in a product's console by someone with one role in one tenant. */
final class Console extends Api {
    private static final Path POLICIES = Path.of("..", "docs", "policies");
    private static final List<String> MANAGE_AND_VERIFY = List.of("jeton:manage", "jeton:verify");

    /** The ids of the console's own tokens, which its lists omit. */
    private final Set<String> credentials;

    /** The operator's console. */
    Console(Channel channel) {
        this(channel, channel, Set.of());
    }

    private Console(Channel administration, Channel tokensAndVerification, Set<String> credentials) {
        super(administration, tokensAndVerification);
        this.credentials = credentials;
    }

    /**
     * The console of an admin of the tenant, or of a member; an admin then makes the calls that need one. Their tokens are created under an
     * empty policy; then the tenant's policy is restored.
     *
     * @param as creates a channel that presents a secret
     */
    Console of(Role role, Tenant tenant, User user, Function<String, Channel> as) {
        if (role == Role.ROLE_OPERATOR) {
            return this;
        }
        setPolicy(tenant.getId(), TokenPolicy.getDefaultInstance());
        User admin = user(tenant.getId(), Role.ROLE_TENANT_ADMIN);
        CreateTokenResponse admins = create(newToken(admin, "admin's").addAllScopes(MANAGE_AND_VERIFY));
        CreateTokenResponse own = role == Role.ROLE_TENANT_ADMIN
                ? admins
                : create(newToken(user, "own").addAllScopes(MANAGE_AND_VERIFY));
        setPolicy(tenant.getId(), tenant.getTokenPolicy());
        return new Console(
                as.apply(admins.getSecret()),
                as.apply(own.getSecret()),
                Stream.of(admins, own).map(issued -> issued.getToken().getId()).collect(Collectors.toSet()));
    }

    /** Creates a tenant whose policy is a file in docs/policies, unchanged. */
    Tenant tenant(String policyFile) throws IOException {
        String request = "{\"display_name\": \"Acme\", \"token_policy\": %s}"
                .formatted(Files.readString(POLICIES.resolve(policyFile)));
        CreateTenantRequest.Builder parsed = CreateTenantRequest.newBuilder();
        JsonFormat.parser().merge(request, parsed);
        return tenants.createTenant(parsed.build()).getTenant();
    }

    @Override
    public List<Token> list(ListTokensRequest.Builder request) {
        return super.list(request).stream()
                .filter(token -> !credentials.contains(token.getId()))
                .toList();
    }
}
