/**
 * Validated text types such as names and email addresses.
 */
@NullMarked
package dev.jeton.domain.text;

import org.jspecify.annotations.NullMarked;
