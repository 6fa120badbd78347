/**
 * Tests of TLS, with certificates of a {@link dev.jeton.bootstrap.tls.TestAuthority}.
 */
@NullMarked
package dev.jeton.bootstrap.tls;

import org.jspecify.annotations.NullMarked;
