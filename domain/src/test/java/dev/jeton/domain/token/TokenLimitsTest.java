package dev.jeton.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.domain.error.Refusal;
import dev.jeton.domain.fixture.Tenants;
import dev.jeton.domain.fixture.Tokens;
import dev.jeton.domain.fixture.Users;
import dev.jeton.domain.fixture.Workloads;
import dev.jeton.domain.policy.ExpirationChoice;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.text.FreeText;
import dev.jeton.domain.text.TokenName;
import dev.jeton.domain.workload.WorkloadId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no token can have, whichever adapter asks for it. */
class TokenLimitsTest {
    private static final List<String> TOO_MANY_SCOPES = List.of("scopes TOO_MANY");
    private static final List<String> TOO_MANY_WORKLOADS = List.of("workload_ids TOO_MANY");

    private final Token token = Tokens.of(Users.member(Tenants.anId()));

    @Test
    void aTokenHasAtMost64Scopes() {
        assertThat(Refusal.of(() -> withScopes(scopes(64)))).isEmpty();
        assertThat(Refusal.of(() -> withScopes(scopes(65)))).isEqualTo(TOO_MANY_SCOPES);
        assertThat(Refusal.of(() -> withScopes(scopes(5_000)))).isEqualTo(TOO_MANY_SCOPES);
    }

    @Test
    void neitherADraftNorAChangeAsksForMore() {
        assertThat(Refusal.of(() -> draft(Set.of(), scopes(64)))).isEmpty();
        assertThat(Refusal.of(() -> draft(Set.of(), scopes(65)))).isEqualTo(TOO_MANY_SCOPES);
        assertThat(Refusal.of(() -> draft(workloads(100), Scopes.NONE))).isEmpty();
        assertThat(Refusal.of(() -> draft(workloads(101), scopes(65))))
                .containsExactly("workload_ids TOO_MANY", "scopes TOO_MANY");
        assertThat(Refusal.of(() -> change(scopes(64)))).isEmpty();
        assertThat(Refusal.of(() -> change(scopes(65)))).isEqualTo(TOO_MANY_SCOPES);
    }

    @Test
    void aBoundTokenHasAtMost100Workloads() {
        assertThat(Refusal.of(() -> WorkloadBinding.Bound.to(workloads(100)))).isEmpty();
        assertThat(Refusal.of(() -> WorkloadBinding.Bound.to(workloads(101)))).isEqualTo(TOO_MANY_WORKLOADS);
    }

    private Token withScopes(Scopes scopes) {
        return new TokenBuilder(token).scopes(scopes).revised(token.revision().updateTime());
    }

    private static TokenDraft draft(Set<WorkloadId> workloadIds, Scopes scopes) {
        return new TokenDraft(
                new TokenName("a"), new FreeText(""), ExpirationChoice.unspecified(), workloadIds, scopes);
    }

    private static TokenChange change(Scopes scopes) {
        return new TokenChange(null, null, ExpirationChoice.unspecified(), scopes);
    }

    private static Scopes scopes(int count) {
        return Scopes.of(
                IntStream.range(0, count).mapToObj(i -> new Scope("scope-" + i)).toList());
    }

    private static Set<WorkloadId> workloads(int count) {
        return Stream.generate(Workloads::anId).limit(count).collect(Collectors.toSet());
    }
}
