package dev.jeton.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.User;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Base class for the tests of the five products. Each test runs as an operator, as an admin of the tenant and as a member, in a new tenant with
 * the product's policy. Its display name has the numbers of the rows that it proves, in the table of documented product behaviour.
 */
@ParameterizedClass
@EnumSource(
        value = Role.class,
        names = {"ROLE_OPERATOR", "ROLE_TENANT_ADMIN", "ROLE_MEMBER"})
abstract class AbstractProductIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    final Console operator = JETON.console();

    @Parameter
    Role role;

    Tenant tenant;

    /** The member; owns the tokens that the tests create as any role. */
    User user;

    /** The console of someone with the {@link #role}. */
    Console console;

    private final String policyFile;

    /** @param policyFile in docs/policies */
    AbstractProductIT(String policyFile) {
        this.policyFile = policyFile;
    }

    /** A request for a token of the {@link #user} that the product's policy accepts. */
    abstract CreateTokenRequest.Builder request(String name);

    @BeforeEach
    final void makeTenant() throws IOException {
        tenant = operator.tenant(policyFile);
        user = operator.user(tenant.getId());
        console = JETON.console(role, tenant, user);
    }

    @DisplayName("row 13: the secret is shown once, at creation, and cannot be retrieved")
    @Test
    void showsTheSecretOnce() {
        CreateTokenResponse created = console.create(request("shown-once"));

        assertThat(created.getSecret()).matches("jtn_[0-9A-Za-z]{82}");
        assertThat(created.getToken().toString()).doesNotContain(created.getSecret());
        assertThat(console.get(created.getToken().getId())).isEqualTo(created.getToken());
        assertThat(tokens()).containsExactly(created.getToken());
    }

    /** All tokens of the tenant that the console's caller may see, newest first. */
    final List<Token> tokens() {
        return console.list(ListTokensRequest.newBuilder().setTenantId(tenant.getId()));
    }

    /** Makes the token expire in 200 ms, or later if a slow server reads the time after it has passed. */
    final void expireSoon(String tokenId) {
        for (long millis = 200; ; millis *= 2) {
            try {
                operator.setExpireTime(tokenId, Instant.now().plusMillis(millis));
                return;
            } catch (StatusRuntimeException late) {
                assertThat(late).hasMessageContaining("expire_time");
                assertThat(millis).isLessThan(10_000);
            }
        }
    }

    /** Tomorrow in UTC. Close to midnight it waits, so that the server agrees. */
    static LocalDate tomorrow() {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        LocalDateTime midnight = now.toLocalDate().plusDays(1).atStartOfDay();
        while (now.isBefore(midnight) && now.isAfter(midnight.minusSeconds(30))) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            now = LocalDateTime.now(ZoneOffset.UTC);
        }
        return now.toLocalDate().plusDays(1);
    }

    static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    final Token update(UpdateTokenRequest.Builder change) {
        return console.tokens.updateToken(change.build()).getToken();
    }
}
