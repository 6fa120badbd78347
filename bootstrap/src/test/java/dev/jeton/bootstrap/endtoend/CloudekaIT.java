package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.date;
import static dev.jeton.bootstrap.support.Api.instant;
import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.DisableUserRequest;
import dev.jeton.v1.EnableUserRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenStatus;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerifyTokenResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cloudeka: rows 3, 8, 12, 13 and 15 of what the five products document, in the hands of an operator, an admin and a member. */
@ParameterizedClass
@EnumSource(
        value = Role.class,
        names = {"ROLE_OPERATOR", "ROLE_TENANT_ADMIN", "ROLE_MEMBER"})
class CloudekaIT {
    @RegisterExtension
    static final RunningJeton JETON = new RunningJeton();

    private final Console operator = JETON.console();

    @Parameter
    Role role;

    private Console console;
    private Tenant tenant;
    private User user;

    @BeforeEach
    void setUp() throws Exception {
        tenant = operator.tenant("cloudeka.json");
        user = operator.user(tenant.getId());
        console = JETON.console(role, tenant, user);
    }

    @Test
    void aTokenWithoutAnExpiryIsActiveIndefinitely() {
        CreateTokenResponse created = console.create(newToken(user, "no expiry"));
        assertThat(created.getToken().hasExpireTime()).isFalse();
        VerifyTokenResponse verified = console.verify(use(created));
        assertThat(verified.getVerdict()).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(verified.getToken().hasExpireTime()).isFalse();
    }

    @Test
    void aNewTokenIsInTheListAtOnceWithItsStatusAndExpiry() {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(7);
        CreateTokenResponse created = console.create(newToken(user, "a week").setExpireDate(date(day)));
        Token listed = console.list(ListTokensRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .setStatus(TokenStatus.TOKEN_STATUS_ACTIVE))
                .get(0);
        assertThat(listed).isEqualTo(created.getToken());
        assertThat(instant(listed.getExpireTime()))
                .isEqualTo(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        assertThat(listed.toString()).doesNotContain(created.getSecret());
    }

    @Test
    void aTokenIsPersonalAndFollowsItsUser() {
        CreateTokenResponse created = console.create(newToken(user, "personal"));
        assertThat(console.verify(use(created)).getToken().getUserId()).isEqualTo(user.getId());

        console.users.disableUser(
                DisableUserRequest.newBuilder().setUserId(user.getId()).build());
        assertThat(operator.verdict(use(created))).isEqualTo(Verdict.VERDICT_USER_DISABLED);
        console.users.enableUser(
                EnableUserRequest.newBuilder().setUserId(user.getId()).build());
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    @Test
    void anExpiryIsAddedAndTakenAwayLater() {
        CreateTokenResponse created = console.create(newToken(user, "changing"));
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        UpdateTokenRequest.Builder update =
                UpdateTokenRequest.newBuilder().setTokenId(created.getToken().getId());
        assertThat(console.tokens
                        .updateToken(update.setExpireDate(date(day)).build())
                        .getToken()
                        .hasExpireTime())
                .isTrue();
        assertThat(console.tokens
                        .updateToken(update.setNeverExpires(true).build())
                        .getToken()
                        .hasExpireTime())
                .isFalse();

        console.delete(created.getToken().getId());
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QA-Test-Token", "Łódź 2026", "läuft.", "#1 (prod)"})
    void aNameIsAFreeLabel(String name) {
        assertThat(console.create(newToken(user, name)).getToken().getName()).isEqualTo(name);
    }

    @Test
    void aNameIsRequired() throws Exception {
        assertRefuses("name", "REQUIRED", () -> console.create(newToken(user, "")));
    }
}
