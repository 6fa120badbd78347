/**
 * Certificates: read from files, checked, and read again while the server runs. It knows the JDK's and gRPC's notions of TLS and none of
 * the server. Begin with {@link dev.jeton.bootstrap.tls.ReloadingCertificates}.
 */
@NullMarked
package dev.jeton.bootstrap.tls;

import org.jspecify.annotations.NullMarked;
