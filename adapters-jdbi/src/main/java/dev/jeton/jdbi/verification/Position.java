package dev.jeton.jdbi.verification;

import java.util.UUID;

/**
 * A point in a tenant's history.
 *
 * @param number higher by one with each change
 * @param tag random for each change: two histories may reach the same number, but not the same tag
 */
record Position(long number, UUID tag) {}
