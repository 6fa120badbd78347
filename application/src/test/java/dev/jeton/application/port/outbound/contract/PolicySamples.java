package dev.jeton.application.port.outbound.contract;

import dev.jeton.domain.fixture.Policies;
import dev.jeton.domain.policy.CharacterClass;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Policies with details that a store could lose: order, fractions, empty versus unset. */
final class PolicySamples {
    private static final Lifetime AN_ODD_LIFETIME = new Lifetime(Duration.ofSeconds(3, 123_456_000));
    static final TokenPolicy EVERYTHING = new TokenPolicy(
            new NameRule(64, EnumSet.allOf(CharacterClass.class), NameUniqueness.PER_TENANT),
            new ExpiryRule(
                    Lifetime.ofDays(30),
                    List.of(Lifetime.ofDays(90), AN_ODD_LIFETIME, Lifetime.ofDays(30), new Lifetime(Lifetime.MAX)),
                    new Lifetime(Lifetime.MAX),
                    true,
                    true),
            new WorkloadRule(WorkloadRule.MAX_WORKLOADS, true, true),
            Scopes.of(new Scope("models:read"), new Scope("inference"), new Scope("{'a',b}")),
            Scopes.of(new Scope("inference"), new Scope("models:read")),
            Integer.MAX_VALUE);

    private PolicySamples() {}

    static Stream<TokenPolicy> all() {
        return Stream.of(
                TokenPolicy.DEFAULT,
                EVERYTHING,
                Policies.with(new NameRule(256, Set.of(CharacterClass.SPACE), NameUniqueness.PER_USER)),
                Policies.with(new NameRule(1, Set.of(), NameUniqueness.NOT_REQUIRED)),
                Policies.with(new ExpiryRule(AN_ODD_LIFETIME, List.of(), null, false, false)),
                Policies.with(new ExpiryRule(null, List.of(AN_ODD_LIFETIME), null, false, false)),
                Policies.with(new ExpiryRule(
                        null, List.of(Lifetime.ofDays(3), Lifetime.ofDays(1), Lifetime.ofDays(2)), null, false, false)),
                Policies.with(new ExpiryRule(null, List.of(), AN_ODD_LIFETIME, false, false)),
                Policies.with(new ExpiryRule(null, List.of(), null, true, false)),
                Policies.with(new ExpiryRule(AN_ODD_LIFETIME, List.of(), null, false, true)),
                Policies.with(new WorkloadRule(0, true, false)),
                Policies.with(new WorkloadRule(1, false, true)),
                Policies.withScopes(Scopes.of(new Scope("inference")), Scopes.NONE),
                Policies.withScopes(Scopes.NONE, Scopes.of(new Scope("inference"))),
                Policies.withQuota(1));
    }
}
