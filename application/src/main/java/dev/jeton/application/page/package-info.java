/**
 * Keyset paging and list filters.
 */
@NullMarked
package dev.jeton.application.page;

import org.jspecify.annotations.NullMarked;
