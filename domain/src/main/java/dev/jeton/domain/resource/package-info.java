/**
 * Revisions and etags, which every resource has.
 */
@NullMarked
package dev.jeton.domain.resource;

import org.jspecify.annotations.NullMarked;
