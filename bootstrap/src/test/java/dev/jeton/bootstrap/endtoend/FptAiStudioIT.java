package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.date;
import static dev.jeton.bootstrap.support.Api.days;
import static dev.jeton.bootstrap.support.Api.instant;
import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.timestamp;
import static dev.jeton.bootstrap.support.Api.use;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.v1.CreateTenantRequest;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenStatus;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import java.time.Duration;
import java.time.Instant;
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

/** FPT AI Studio: rows 1, 4, 11, 13, 20 and 22 of what the five products document, in the hands of an operator, an admin and a member. */
@ParameterizedClass
@EnumSource(
        value = Role.class,
        names = {"ROLE_OPERATOR", "ROLE_TENANT_ADMIN", "ROLE_MEMBER"})
class FptAiStudioIT {
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
        tenant = operator.tenant("fpt-ai-studio.json");
        user = operator.user(tenant.getId());
        console = JETON.console(role, tenant, user);
    }

    @Test
    void aTokenIsIssuedListedUsedRenamedAndDeleted() {
        CreateTokenResponse created = console.create(request("Team_1 dev-key.v2"));
        Token token = created.getToken();
        assertThat(created.getSecret()).matches("jtn_[0-9A-Za-z]{82}");
        assertThat(token.getStatus()).isEqualTo(TokenStatus.TOKEN_STATUS_ACTIVE);

        Token listed = console.list(ListTokensRequest.newBuilder().setTenantId(tenant.getId()))
                .get(0);
        assertThat(listed).isEqualTo(token);
        assertThat(listed.getTenantId()).isEqualTo(tenant.getId());
        assertThat(listed.toString()).doesNotContain(created.getSecret());

        assertThat(console.verdict(use(created).setTenantId(tenant.getId()))).isEqualTo(Verdict.VERDICT_ALLOWED);
        Tenant another = operator.tenants
                .createTenant(CreateTenantRequest.newBuilder()
                        .setDisplayName("Another")
                        .build())
                .getTenant();
        assertThat(console.verdict(use(created).setTenantId(another.getId()))).isEqualTo(Verdict.VERDICT_NOT_FOUND);

        Token renamed = console.tokens
                .updateToken(UpdateTokenRequest.newBuilder()
                        .setTokenId(token.getId())
                        .setName("Team_2")
                        .build())
                .getToken();
        assertThat(renamed.getName()).isEqualTo("Team_2");
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_ALLOWED);

        console.delete(token.getId());
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
        assertThat(console.list(ListTokensRequest.newBuilder().setTenantId(tenant.getId())))
                .isEmpty();
    }

    @Test
    void aTokenIsValidForModelFineTuningAndModelHubOnly() throws Exception {
        CreateTokenResponse created = console.create(request("key"));
        assertThat(console.verdict(use(created).addScopes("model-fine-tuning").addScopes("model-hub")))
                .isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(console.verdict(use(created).addScopes("billing"))).isEqualTo(Verdict.VERDICT_SCOPE_NOT_GRANTED);
        assertRefuses(
                "scopes",
                "SCOPE_NOT_ALLOWED",
                () -> console.create(request("key").addScopes("billing")));
    }

    @Test
    void aNameHasAtMostFiftyCharacters() throws Exception {
        console.create(request("n".repeat(50)));
        assertRefuses("name", "NAME_TOO_LONG", () -> console.create(request("n".repeat(51))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "Schlüssel", "名字", "key+1", "key/1"})
    void aNameHasOnlyLettersDigitsUnderscoresHyphensSpacesAndDots(String name) throws Exception {
        assertRefuses("name", "NAME_CHARACTER_NOT_ALLOWED", () -> console.create(request(name)));
    }

    @ParameterizedTest
    @ValueSource(longs = {30, 60, 90})
    void anExpiryIsChosenFromThirtySixtyOrNinetyDays(long days) {
        Token token =
                console.create(newToken(user, "key").setLifetime(days(days))).getToken();
        assertThat(Duration.between(instant(token.getCreateTime()), instant(token.getExpireTime())))
                .isEqualTo(Duration.ofDays(days));
    }

    @Test
    void noOtherExpiryIsPossible() throws Exception {
        assertRefuses(
                "lifetime",
                "LIFETIME_NOT_ALLOWED",
                () -> console.create(newToken(user, "key").setLifetime(days(45))));
        assertRefuses(
                "expire_time",
                "LIFETIME_NOT_ALLOWED",
                () -> console.create(newToken(user, "key")
                        .setExpireTime(timestamp(Instant.now().plus(Duration.ofDays(30))))));
        assertRefuses(
                "expire_date",
                "LIFETIME_NOT_ALLOWED",
                () -> console.create(newToken(user, "key")
                        .setExpireDate(date(LocalDate.now(ZoneOffset.UTC).plusDays(30)))));
        assertRefuses(
                "never_expires",
                "LIFETIME_NOT_ALLOWED",
                () -> console.create(newToken(user, "key").setNeverExpires(true)));
        assertRefuses("expiration", "EXPIRY_REQUIRED", () -> console.create(newToken(user, "key")));
    }

    private CreateTokenRequest.Builder request(String name) {
        return newToken(user, name).setLifetime(days(30));
    }
}
