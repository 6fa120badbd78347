/**
 * The audit trail: how use cases write it, and how it is read. Begin with {@link dev.jeton.application.audit.Auditor}.
 */
@NullMarked
package dev.jeton.application.audit;

import org.jspecify.annotations.NullMarked;
