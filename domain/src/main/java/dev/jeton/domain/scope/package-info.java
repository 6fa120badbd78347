/**
 * Scopes: the permissions of a token.
 */
@NullMarked
package dev.jeton.domain.scope;

import org.jspecify.annotations.NullMarked;
