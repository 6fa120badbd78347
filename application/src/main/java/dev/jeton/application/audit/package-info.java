/**
 * Recording, listing, sealing and verifying audit events. Start with {@link dev.jeton.application.audit.Auditor}.
 */
@NullMarked
package dev.jeton.application.audit;

import org.jspecify.annotations.NullMarked;
