/** Reading the audit trail, and sealing and verifying its chain. */
@NullMarked
package dev.jeton.application.port.inbound.audit;

import org.jspecify.annotations.NullMarked;
