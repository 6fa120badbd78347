package dev.jeton.jdbi.verification;

import java.util.UUID;

/**
 * Where a tenant stands: how many changes it has seen, and which history those belong to.
 *
 * @param number higher by one with each change
 * @param tag drawn at random with each change: two histories may reach the same number, but not with the same tag
 */
record Position(long number, UUID tag) {}
