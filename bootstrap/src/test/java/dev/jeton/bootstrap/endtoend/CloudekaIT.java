package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.date;
import static dev.jeton.bootstrap.support.Api.instant;
import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenStatus;
import dev.jeton.v1.UpdateTokenRequest;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerifyTokenResponse;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cloudeka: rows 3, 8, 12, 13 and 15. */
class CloudekaIT extends AbstractProductIT {
    CloudekaIT() {
        super("cloudeka.json");
    }

    @DisplayName("row 8: a token without an expiry is active indefinitely")
    @Test
    void neverExpiresWithoutAnExpiry() {
        CreateTokenResponse created = console.create(request("no expiry"));
        assertThat(created.getToken().hasExpireTime()).isFalse();
        VerifyTokenResponse verified = console.verify(use(created));
        assertThat(verified.getVerdict()).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(verified.getToken().hasExpireTime()).isFalse();
    }

    @DisplayName("row 15: a new token is in the list at once, with its status and expiry")
    @Test
    void listsANewTokenAtOnce() {
        LocalDate day = tomorrow();
        CreateTokenResponse created = console.create(request("a week").setExpireDate(date(day)));
        Token listed = console.list(ListTokensRequest.newBuilder()
                        .setTenantId(tenant.getId())
                        .setStatus(TokenStatus.TOKEN_STATUS_ACTIVE))
                .get(0);
        assertThat(listed).isEqualTo(created.getToken());
        assertThat(instant(listed.getExpireTime())).isEqualTo(endOf(day));
        assertThat(listed.toString()).doesNotContain(created.getSecret());
    }

    @DisplayName("row 12: a token is personal and follows its user")
    @Test
    void hasTheIdentityAndStateOfItsUser() {
        CreateTokenResponse created = console.create(request("personal"));
        assertThat(console.verify(use(created)).getToken().getUserId()).isEqualTo(user.getId());

        console.disableUser(user.getId());
        assertThat(operator.verdict(use(created))).isEqualTo(Verdict.VERDICT_USER_DISABLED);
        console.enableUser(user.getId());
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_ALLOWED);
    }

    @DisplayName("row 8: an expiry is added and removed later")
    @Test
    void addsAndRemovesAnExpiry() {
        CreateTokenResponse created = console.create(request("changing"));
        LocalDate day = tomorrow();
        UpdateTokenRequest.Builder update =
                UpdateTokenRequest.newBuilder().setTokenId(created.getToken().getId());
        assertThat(update(update.setExpireDate(date(day))).hasExpireTime()).isTrue();
        assertThat(update(update.setNeverExpires(true)).hasExpireTime()).isFalse();

        console.delete(created.getToken().getId());
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
    }

    @DisplayName("row 3: a name is a free label")
    @ParameterizedTest
    @ValueSource(strings = {"QA-Test-Token", "Łódź 2026", "läuft.", "#1 (prod)"})
    void acceptsAnyLabelAsName(String name) {
        assertThat(console.create(request(name)).getToken().getName()).isEqualTo(name);
    }

    @DisplayName("row 3: a name is required")
    @Test
    void requiresAName() throws Exception {
        assertRefuses("name", "REQUIRED", () -> console.create(request("")));
    }

    @Override
    CreateTokenRequest.Builder request(String name) {
        return newToken(user, name);
    }
}
