/**
 * Tests of TLS, with certificates that the JDK's keytool makes.
 */
@NullMarked
package dev.jeton.bootstrap.tls;

import org.jspecify.annotations.NullMarked;
