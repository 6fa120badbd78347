package dev.jeton.bootstrap.storage;

import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how to get in. Its text form leaves the password out.
 *
 * @param password null: it asks for none
 */
public record Login(String url, String user, @Nullable String password) {

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
