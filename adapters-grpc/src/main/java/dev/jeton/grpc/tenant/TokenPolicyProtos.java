package dev.jeton.grpc.tenant;

import dev.jeton.domain.policy.CharacterClass;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.NameUniqueness;
import dev.jeton.domain.policy.PolicyChange;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.grpc.message.EnumMapping;
import dev.jeton.grpc.message.RequestReader;
import dev.jeton.grpc.message.Times;
import dev.jeton.v1.StringList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Converts token policies. Parts that equal the default are omitted from replies, so that a policy is returned as it was sent.
 */
final class TokenPolicyProtos {
    private static final EnumMapping<CharacterClass, dev.jeton.v1.CharacterClass> CHARACTERS =
            EnumMapping.byName(CharacterClass.class, dev.jeton.v1.CharacterClass.class, "CHARACTER_CLASS_");
    private static final EnumMapping<NameUniqueness, dev.jeton.v1.NameUniqueness> UNIQUENESS =
            EnumMapping.byName(NameUniqueness.class, dev.jeton.v1.NameUniqueness.class, "NAME_UNIQUENESS_");

    private TokenPolicyProtos() {}

    /** Reads a whole policy; an absent part is the default. */
    static TokenPolicy policy(dev.jeton.v1.TokenPolicy policy) {
        return read(policy, TokenPolicy.DEFAULT::with);
    }

    /** Reads the parts that are present. */
    static PolicyChange change(dev.jeton.v1.TokenPolicy policy) {
        return read(policy, change -> change);
    }

    /** Leaves out invalid parts, whose violations are recorded, so that rules across the others are still checked. */
    private static <T> T read(dev.jeton.v1.TokenPolicy policy, Function<PolicyChange, T> result) {
        RequestReader read = new RequestReader();
        var nameRule =
                read.ifPresent(policy.hasNameRule(), "name_rule", policy.getNameRule(), TokenPolicyProtos::nameRule);
        var expiryRule = read.ifPresent(
                policy.hasExpiryRule(), "expiry_rule", policy.getExpiryRule(), TokenPolicyProtos::expiryRule);
        var workloadRule = read.ifPresent(
                policy.hasWorkloadRule(), "workload_rule", policy.getWorkloadRule(), TokenPolicyProtos::workloadRule);
        var allowedScopes = read.ifPresent(
                policy.hasAllowedScopes(), "allowed_scopes", policy.getAllowedScopes(), TokenPolicyProtos::scopes);
        var defaultScopes = read.ifPresent(
                policy.hasDefaultScopes(), "default_scopes", policy.getDefaultScopes(), TokenPolicyProtos::scopes);
        return read.build(() -> result.apply(new PolicyChange(
                nameRule.or(null),
                expiryRule.or(null),
                workloadRule.or(null),
                allowedScopes.or(null),
                defaultScopes.or(null),
                policy.hasMaxTokensPerUser() ? policy.getMaxTokensPerUser() : null)));
    }

    private static Scopes scopes(StringList list) {
        RequestReader read = new RequestReader();
        var values = read.each("values", list.getValuesList(), Scope::new);
        return read.build(() -> Scopes.of(values.get()));
    }

    private static NameRule nameRule(dev.jeton.v1.NameRule rule) {
        RequestReader read = new RequestReader();
        var characters = read.each("allowed_characters", rule.getAllowedCharactersList(), CHARACTERS::toDomain);
        var uniqueness = read.value("uniqueness", rule.getUniqueness(), TokenPolicyProtos::uniqueness);
        return read.build(() -> new NameRule(
                rule.getMaxLength(), Set.copyOf(characters.or(List.of())), uniqueness.or(NameUniqueness.NOT_REQUIRED)));
    }

    private static NameUniqueness uniqueness(dev.jeton.v1.NameUniqueness uniqueness) {
        return EnumMapping.isSpecified(uniqueness) ? UNIQUENESS.toDomain(uniqueness) : NameUniqueness.NOT_REQUIRED;
    }

    private static ExpiryRule expiryRule(dev.jeton.v1.ExpiryRule rule) {
        RequestReader read = new RequestReader();
        var defaultLifetime = read.ifPresent(
                rule.hasDefaultLifetime(), "default_lifetime", rule.getDefaultLifetime(), TokenPolicyProtos::lifetime);
        var allowedLifetimes =
                read.each("allowed_lifetimes", rule.getAllowedLifetimesList(), TokenPolicyProtos::lifetime);
        var maxLifetime = read.ifPresent(
                rule.hasMaxLifetime(), "max_lifetime", rule.getMaxLifetime(), TokenPolicyProtos::lifetime);
        return read.build(() -> new ExpiryRule(
                defaultLifetime.get(),
                allowedLifetimes.get(),
                maxLifetime.get(),
                rule.getForbidNever(),
                rule.getFixed()));
    }

    private static Lifetime lifetime(com.google.protobuf.Duration duration) {
        return new Lifetime(Times.duration(duration));
    }

    private static WorkloadRule workloadRule(dev.jeton.v1.WorkloadRule rule) {
        return new WorkloadRule(rule.getMaxWorkloads(), rule.getRequiredForUse(), rule.getRequiredAtCreation());
    }

    static dev.jeton.v1.TokenPolicy policy(TokenPolicy policy) {
        dev.jeton.v1.TokenPolicy.Builder proto = dev.jeton.v1.TokenPolicy.newBuilder();
        if (policy.maxTokensPerUser() > 0) {
            proto.setMaxTokensPerUser(policy.maxTokensPerUser());
        }
        if (!policy.allowedScopes().isEmpty()) {
            proto.setAllowedScopes(scopes(policy.allowedScopes()));
        }
        if (!policy.defaultScopes().isEmpty()) {
            proto.setDefaultScopes(scopes(policy.defaultScopes()));
        }
        if (!policy.nameRule().equals(NameRule.DEFAULT)) {
            proto.setNameRule(nameRule(policy.nameRule()));
        }
        if (!policy.expiryRule().equals(ExpiryRule.DEFAULT)) {
            proto.setExpiryRule(expiryRule(policy.expiryRule()));
        }
        if (!policy.workloadRule().equals(WorkloadRule.DEFAULT)) {
            proto.setWorkloadRule(workloadRule(policy.workloadRule()));
        }
        return proto.build();
    }

    private static StringList scopes(Scopes scopes) {
        return StringList.newBuilder()
                .addAllValues(scopes.values().stream().map(Scope::value).toList())
                .build();
    }

    private static dev.jeton.v1.NameRule nameRule(NameRule rule) {
        dev.jeton.v1.NameRule.Builder proto = dev.jeton.v1.NameRule.newBuilder().setMaxLength(rule.maxLength());
        rule.allowedCharacters().forEach(characters -> proto.addAllowedCharacters(CHARACTERS.toProto(characters)));
        if (rule.uniqueness() != NameUniqueness.NOT_REQUIRED) {
            proto.setUniqueness(UNIQUENESS.toProto(rule.uniqueness()));
        }
        return proto.build();
    }

    private static dev.jeton.v1.ExpiryRule expiryRule(ExpiryRule rule) {
        dev.jeton.v1.ExpiryRule.Builder proto = dev.jeton.v1.ExpiryRule.newBuilder()
                .setForbidNever(rule.forbidNever())
                .setFixed(rule.fixed());
        rule.allowedLifetimes().forEach(lifetime -> proto.addAllowedLifetimes(Times.duration(lifetime.duration())));
        if (rule.defaultLifetime() != null) {
            proto.setDefaultLifetime(Times.duration(rule.defaultLifetime().duration()));
        }
        if (rule.maxLifetime() != null) {
            proto.setMaxLifetime(Times.duration(rule.maxLifetime().duration()));
        }
        return proto.build();
    }

    private static dev.jeton.v1.WorkloadRule workloadRule(WorkloadRule rule) {
        return dev.jeton.v1.WorkloadRule.newBuilder()
                .setMaxWorkloads(rule.maxWorkloads())
                .setRequiredForUse(rule.requiredForUse())
                .setRequiredAtCreation(rule.requiredAtCreation())
                .build();
    }
}
