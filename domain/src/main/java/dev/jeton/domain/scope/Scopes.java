package dev.jeton.domain.scope;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A set of scopes, sorted; unmodifiable. What it does not name is not granted: the empty set grants nothing. */
public record Scopes(SortedSet<Scope> values) {
    /** The most that one token can have. */
    public static final int MAX_OF_A_TOKEN = 64;

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

    /** Whether they are good for calling Jeton and for nothing else. */
    public boolean areForJetonOnly() {
        return !isEmpty() && values.stream().allMatch(Scope::isReserved);
    }

    /** Those that {@code others} does not have. */
    public Scopes without(Scopes others) {
        SortedSet<Scope> rest = new TreeSet<>(values);
        rest.removeAll(others.values);
        return new Scopes(rest);
    }
}
