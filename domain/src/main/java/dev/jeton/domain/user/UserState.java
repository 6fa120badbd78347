package dev.jeton.domain.user;

/** Whether a user's tokens pass. */
public enum UserState {
    ACTIVE,
    DISABLED
}
