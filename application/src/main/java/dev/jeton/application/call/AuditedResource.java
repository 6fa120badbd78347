package dev.jeton.application.call;

import dev.jeton.domain.audit.FieldChange;
import dev.jeton.domain.audit.ResourceType;
import dev.jeton.domain.policy.Expiry;
import dev.jeton.domain.policy.ExpiryRule;
import dev.jeton.domain.policy.Lifetime;
import dev.jeton.domain.policy.NameRule;
import dev.jeton.domain.policy.TokenPolicy;
import dev.jeton.domain.policy.WorkloadRule;
import dev.jeton.domain.scope.Scope;
import dev.jeton.domain.scope.Scopes;
import dev.jeton.domain.tenant.Tenant;
import dev.jeton.domain.tenant.TenantId;
import dev.jeton.domain.token.Cancellation;
import dev.jeton.domain.token.Token;
import dev.jeton.domain.token.TokenId;
import dev.jeton.domain.user.User;
import dev.jeton.domain.workload.Workload;
import dev.jeton.domain.workload.WorkloadId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The audited state of a resource: its changeable fields, by their paths in the public API. Contains no revision and nothing derived from a
 * secret.
 *
 * @param fields only those that are set
 */
public record AuditedResource(ResourceType type, TenantId tenantId, UUID id, SortedMap<String, String> fields) {
    public static AuditedResource of(Tenant tenant) {
        Fields fields = new Fields();
        fields.put("display_name", tenant.displayName().value());
        fields.put("state", tenant.state());
        put(tenant.policy(), fields);
        return new AuditedResource(ResourceType.TENANT, tenant.id(), tenant.id().value(), fields.values);
    }

    public static AuditedResource of(User user) {
        Fields fields = new Fields();
        fields.put("email", user.email().value());
        fields.put("display_name", user.displayName().value());
        fields.put("role", user.role());
        fields.put("state", user.state());
        return new AuditedResource(ResourceType.USER, user.tenantId(), user.id().value(), fields.values);
    }

    public static AuditedResource of(Workload workload) {
        Fields fields = new Fields();
        fields.put("name", workload.name().value());
        fields.put("kind", workload.kind());
        fields.put("state", workload.state());
        return new AuditedResource(
                ResourceType.WORKLOAD, workload.tenantId(), workload.id().value(), fields.values);
    }

    /** Omits the status, because it changes with time alone. */
    public static AuditedResource of(Token token) {
        Fields fields = new Fields();
        fields.put("user_id", token.ownerId());
        fields.put("tenant_wide", token.tenantWide());
        fields.put("name", token.name().value());
        fields.put("description", token.description().value());
        fields.put("scopes", token.scopes());
        fields.put("workload_ids", token.workloadIds());
        fields.put("expire_time", text(token.expiry()));
        fields.put("cancelled", token.cancellation() != null);
        put(token.cancellation(), fields);
        return new AuditedResource(
                ResourceType.TOKEN, token.tenantId(), token.id().value(), fields.values);
    }

    /** Contains the assignments of a token and nothing else. */
    static AuditedResource of(TenantId tenantId, TokenId id, SortedSet<WorkloadId> workloadIds) {
        Fields fields = new Fields();
        fields.put("workload_ids", workloadIds);
        return new AuditedResource(ResourceType.TOKEN, tenantId, id.value(), fields.values);
    }

    /** Returns the state before creation and after deletion. */
    static AuditedResource absent(AuditedResource resource) {
        return new AuditedResource(resource.type, resource.tenantId, resource.id, new TreeMap<>());
    }

    List<FieldChange> changesTo(AuditedResource after) {
        List<FieldChange> changes = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>(fields.keySet());
        all.addAll(after.fields.keySet());
        for (String field : all) {
            String old = fields.get(field);
            String now = after.fields.get(field);
            if (!Objects.equals(old, now)) {
                changes.add(new FieldChange(field, old, now));
            }
        }
        return changes;
    }

    private static void put(@Nullable Cancellation cancellation, Fields fields) {
        if (cancellation == null) {
            return;
        }
        fields.put("cancellation.time", text(cancellation.time()));
        fields.put("cancellation.user_id", text(cancellation.userId()));
        fields.put("cancellation.role", text(cancellation.role()));
        fields.put("cancellation.reason", cancellation.reason().value());
        fields.put("cancellation.leaked", cancellation.leaked());
    }

    private static void put(TokenPolicy policy, Fields fields) {
        NameRule names = policy.nameRule();
        ExpiryRule expiry = policy.expiryRule();
        WorkloadRule workloads = policy.workloadRule();
        fields.put("token_policy.name_rule.max_length", names.maxLength());
        fields.put("token_policy.name_rule.allowed_characters", new TreeSet<>(names.allowedCharacters()));
        fields.put("token_policy.name_rule.uniqueness", names.uniqueness());
        fields.put("token_policy.expiry_rule.default_lifetime", text(expiry.defaultLifetime()));
        fields.put(
                "token_policy.expiry_rule.allowed_lifetimes",
                expiry.allowedLifetimes().stream().map(Lifetime::duration).toList());
        fields.put("token_policy.expiry_rule.max_lifetime", text(expiry.maxLifetime()));
        fields.put("token_policy.expiry_rule.forbid_never", expiry.forbidNever());
        fields.put("token_policy.expiry_rule.fixed", expiry.fixed());
        fields.put("token_policy.workload_rule.max_workloads", workloads.maxWorkloads());
        fields.put("token_policy.workload_rule.required_for_use", workloads.requiredForUse());
        fields.put("token_policy.workload_rule.required_at_creation", workloads.requiredAtCreation());
        fields.put("token_policy.allowed_scopes", policy.allowedScopes());
        fields.put("token_policy.default_scopes", policy.defaultScopes());
        fields.put("token_policy.max_tokens_per_user", policy.maxTokensPerUser());
    }

    private static @Nullable String text(Expiry expiry) {
        return text(expiry.instant());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String text(@Nullable Lifetime lifetime) {
        return lifetime == null ? null : lifetime.duration().toString();
    }

    /** Collects fields that are set; a default value counts as unset. */
    private static final class Fields {
        final SortedMap<String, String> values = new TreeMap<>();

        void put(String field, @Nullable String value) {
            if (value != null && !value.isEmpty()) {
                values.put(field, value);
            }
        }

        void put(String field, Object value) {
            put(field, value.toString());
        }

        void put(String field, boolean value) {
            put(field, value ? "true" : null);
        }

        void put(String field, int value) {
            put(field, value == 0 ? null : Integer.toString(value));
        }

        void put(String field, Scopes scopes) {
            put(field, scopes.values().stream().map(Scope::value).toList());
        }

        void put(String field, Collection<?> list) {
            put(field, list.stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
    }
}
