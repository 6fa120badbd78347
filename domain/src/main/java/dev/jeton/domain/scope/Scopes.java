package dev.jeton.domain.scope;

import dev.jeton.domain.error.ErrorReason;
import dev.jeton.domain.error.Violations;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A sorted set of scopes. The empty set grants nothing. Immutable. */
public record Scopes(SortedSet<Scope> values) {
    /** The most scopes that one token can have. */
    public static final int MAX_PER_TOKEN = 64;

    public static final Scopes NONE = new Scopes(new TreeSet<>());

    public Scopes {
        values = Collections.unmodifiableSortedSet(new TreeSet<>((Collection<Scope>) values));
    }

    public static Scopes of(Collection<Scope> scopes) {
        return scopes.isEmpty() ? NONE : new Scopes(new TreeSet<>(scopes));
    }

    public static Scopes of(Scope... scopes) {
        return of(List.of(scopes));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public boolean contains(Scope scope) {
        return values.contains(scope);
    }

    public boolean containsAll(Scopes others) {
        return values.containsAll(others.values);
    }

    /** Whether there is at least one scope and all of them are reserved. */
    public boolean areAllReserved() {
        return !isEmpty() && values.stream().allMatch(Scope::isReserved);
    }

    /** Adds a violation of {@code scopes} to {@code violations} if one token cannot have that many. */
    public void checkFitToken(Violations violations) {
        if (values.size() > MAX_PER_TOKEN) {
            violations.add("scopes", ErrorReason.TOO_MANY, "must have at most %s values".formatted(MAX_PER_TOKEN));
        }
    }

    /** Returns the scopes that are not in {@code others}. */
    public Scopes without(Scopes others) {
        SortedSet<Scope> rest = new TreeSet<>(values);
        rest.removeAll(others.values);
        return new Scopes(rest);
    }
}
