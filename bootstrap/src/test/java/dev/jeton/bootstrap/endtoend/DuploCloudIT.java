package dev.jeton.bootstrap.endtoend;

import static dev.jeton.bootstrap.support.Api.date;
import static dev.jeton.bootstrap.support.Api.instant;
import static dev.jeton.bootstrap.support.Api.newToken;
import static dev.jeton.bootstrap.support.Api.use;
import static dev.jeton.bootstrap.support.Refusals.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.type.Date;
import dev.jeton.bootstrap.support.Awaiting;
import dev.jeton.v1.CreateTokenRequest;
import dev.jeton.v1.CreateTokenResponse;
import dev.jeton.v1.GetUserRequest;
import dev.jeton.v1.ListTokensRequest;
import dev.jeton.v1.Role;
import dev.jeton.v1.Token;
import dev.jeton.v1.TokenStatus;
import dev.jeton.v1.User;
import dev.jeton.v1.Verdict;
import dev.jeton.v1.VerifyTokenResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DuploCloud: rows 3, 5, 12, 13, 15, 18 and 19. */
class DuploCloudIT extends AbstractProductIT {
    DuploCloudIT() {
        super("duplocloud.json");
    }

    @DisplayName(
            "rows 3, 15 and 18: an administrator lists all tokens, with name, masked value, user, times and status")
    @Test
    void listsAllTokensForAnAdministrator() {
        assumeTrue(role != Role.ROLE_MEMBER, "a member lists only its own tokens, see row 19");
        LocalDate day = tomorrow();
        CreateTokenResponse created = console.create(request("QA-Test-Token").setExpireDate(date(day)));
        User colleague = console.user(tenant.getId());
        Token colleagues = console.create(
                        newToken(colleague, "Any label at all: ✓").setExpireDate(date(day)))
                .getToken();
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_ALLOWED);

        List<Token> all = tokens();
        assertThat(all)
                .extracting(Token::getId)
                .containsExactly(colleagues.getId(), created.getToken().getId());
        Token token = all.get(1);
        assertThat(token.getName()).isEqualTo("QA-Test-Token");
        assertThat(token.getSecretHint())
                .isEqualTo("jtn_…"
                        + created.getSecret().substring(created.getSecret().length() - 4));
        assertThat(token.getUserId()).isEqualTo(user.getId());
        assertThat(instant(token.getCreateTime())).isBeforeOrEqualTo(Instant.now());
        assertThat(instant(token.getExpireTime())).isEqualTo(endOf(day));
        assertThat(token.getStatus()).isEqualTo(TokenStatus.TOKEN_STATUS_ACTIVE);
        assertThat(all.toString()).doesNotContain(created.getSecret());

        Token used = Awaiting.until(() -> console.get(created.getToken().getId()), Token::hasLastUsedTime);
        assertThat(instant(used.getLastUsedTime())).isAfter(instant(used.getCreateTime()));
        assertThat(used.getEtag()).isEqualTo(token.getEtag());
        assertThat(console.get(colleagues.getId()).hasLastUsedTime()).isFalse();
    }

    @DisplayName("row 19: a profile shows the user and only that user's tokens")
    @Test
    void showsAUserWithOnlyItsTokens() {
        Token own = console.create(request("mine")).getToken();
        operator.create(newToken(operator.user(tenant.getId()), "another's").setExpireDate(date(tomorrow())));

        User shown = console.users
                .getUser(GetUserRequest.newBuilder().setUserId(user.getId()).build())
                .getUser();
        assertThat(shown).isEqualTo(user);
        assertThat(console.list(ListTokensRequest.newBuilder().setUserId(user.getId())))
                .containsExactly(own);
    }

    @DisplayName("row 12: a token stands for its user")
    @Test
    void hasTheIdentityOfItsUser() {
        CreateTokenResponse created = console.create(request("personal"));
        VerifyTokenResponse verified = console.verify(use(created));
        assertThat(verified.getVerdict()).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(verified.getToken().getUserId()).isEqualTo(user.getId());
        assertThat(verified.getToken().getTenantWide()).isTrue();

        console.delete(created.getToken().getId());
        assertThat(console.verdict(use(created))).isEqualTo(Verdict.VERDICT_NOT_FOUND);
    }

    @DisplayName("row 5: an expiry date is strictly after today")
    @Test
    void requiresAnExpiryDateAfterToday() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertRefuses(
                "expire_date",
                "EXPIRY_NOT_IN_FUTURE",
                () -> console.create(request("QA-Test-Token").setExpireDate(date(today))));
        assertRefuses(
                "expire_date",
                "EXPIRY_NOT_IN_FUTURE",
                () -> console.create(request("QA-Test-Token").setExpireDate(date(today.minusDays(1)))));
        assertThat(console.create(request("tomorrow").setExpireDate(date(tomorrow())))
                        .hasToken())
                .isTrue();
        Date noSuchDay = Date.newBuilder()
                .setYear(today.getYear() + 1)
                .setMonth(2)
                .setDay(30)
                .build();
        assertRefuses(
                "expire_date",
                "INVALID_DATE",
                () -> console.create(request("QA-Test-Token").setExpireDate(noSuchDay)));
    }

    @Override
    CreateTokenRequest.Builder request(String name) {
        return newToken(user, name).setExpireDate(date(tomorrow()));
    }
}
