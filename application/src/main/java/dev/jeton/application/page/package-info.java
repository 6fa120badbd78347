/**
 * Lists in pages, by the key of the last item (keyset paging).
 */
@NullMarked
package dev.jeton.application.page;

import org.jspecify.annotations.NullMarked;
