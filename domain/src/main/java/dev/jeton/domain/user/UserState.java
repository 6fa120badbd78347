package dev.jeton.domain.user;

/** Whether a user's tokens can be used. */
public enum UserState {
    ACTIVE,
    DISABLED
}
