package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.date;
import static dev.jeton.bootstrap.support.Api.days;
import static dev.jeton.bootstrap.support.Api.instant;
import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.timestamp;
import static dev.jeton.bootstrap.support.Api.use;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.Tenant;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenPolicy;
import dev.jeton.v1.TokenStatus;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FPT AI Studio: rows 1, 4, 11, 13, 20 and 22. */
class FptAiStudioIT extends AbstractProductIT {
    FptAiStudioIT() {
        super("fpt-ai-studio.json");
    }

    @DisplayName(
            "rows 20 and 22: a token is issued, listed with its tenant, used with the tenant id, renamed and deleted")
    @Test
    void isIssuedListedUsedRenamedAndDeleted() {
        CreateTokenResponse created = console.create(request("Team_1 dev-key.v2"));
        Token token = created.getToken();
        assertThat(created.getSecret()).matches("jtn_[0-9A-Za-z]{82}");
        assertThat(token.getStatus()).isEqualTo(TokenStatus.TOKEN_STATUS_ACTIVE);

        Token listed = tokens().get(0);
        assertThat(listed).isEqualTo(token);
        assertThat(listed.getTenantId()).isEqualTo(tenant.getId());
        assertThat(listed.toString()).doesNotContain(created.getSecret());

        assertThat(console.verdict(use(created).setTenantId(tenant.getId()))).isEqualTo(Verdict.VERDICT_ALLOWED);
        Tenant another = operator.tenant(TokenPolicy.getDefaultInstance());
        assertThat(console.verdict(use(created).setTenantId(another.getId()))).isEqualTo(Verdict.VERDICT_NOT_FOUND);

        Token renamed =
                update(UpdateTokenRequest.newBuilder().setTokenId(token.getId()).setName("Team_2"));
        assertThat(renamed.getName()).isEqualTo("Team_2");
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_ALLOWED);

        console.delete(token.getId());
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
        assertThat(tokens()).isEmpty();
    }

    @DisplayName("row 11: a token is valid for Model Fine-tuning and Model Hub only")
    @Test
    void isValidForItsServicesOnly() throws Exception {
        CreateTokenResponse created = console.create(request("key"));
        assertThat(console.verdict(use(created).addScopes("model-fine-tuning").addScopes("model-hub")))
                .isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(console.verdict(use(created).addScopes("billing"))).isEqualTo(Verdict.VERDICT_SCOPE_NOT_GRANTED);
        assertRefuses(
                "scopes",
                "SCOPE_NOT_ALLOWED",
                () -> console.create(request("key").addScopes("billing")));
    }

    @DisplayName("row 1: a name has at most 50 characters")
    @Test
    void limitsNamesToFiftyCharacters() throws Exception {
        console.create(request("n".repeat(50)));
        assertRefuses("name", "NAME_TOO_LONG", () -> console.create(request("n".repeat(51))));
    }

    @DisplayName("row 1: a name has only letters, digits, underscores, hyphens, spaces and dots")
    @ParameterizedTest
    @ValueSource(strings = {"a@b", "Schlüssel", "名字", "key+1", "key/1"})
    void refusesOtherCharactersInNames(String name) throws Exception {
        assertRefuses("name", "NAME_CHARACTER_NOT_ALLOWED", () -> console.create(request(name)));
    }

    @DisplayName("row 4: an expiry is chosen from 30, 60 or 90 days")
    @ParameterizedTest
    @ValueSource(longs = {30, 60, 90})
    void acceptsThirtySixtyOrNinetyDays(long days) {
        Token token =
                console.create(newToken(user, "key").setLifetime(days(days))).getToken();
        assertThat(Duration.between(instant(token.getCreateTime()), instant(token.getExpireTime())))
                .isEqualTo(Duration.ofDays(days));
    }

    @DisplayName("row 4: no other expiry is possible")
    @Test
    void refusesAnyOtherExpiry() throws Exception {
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

    @Override
    CreateTokenRequest.Builder request(String name) {
        return newToken(user, name).setLifetime(days(30));
    }
}
