package dev.jeton.bootstrap.storage;

import org.jspecify.annotations.Nullable;

/**
 * The URL and credentials of a database. Its string form omits the password.
 *
 * @param password null: the database requires none
 */
public record Login(String url, String user, @Nullable String password) {

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
