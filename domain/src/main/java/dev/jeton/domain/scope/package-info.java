/**
 * What tokens may be used for.
 */
@NullMarked
package dev.jeton.domain.scope;

import org.jspecify.annotations.NullMarked;
