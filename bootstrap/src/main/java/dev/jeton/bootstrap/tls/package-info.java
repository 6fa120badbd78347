/**
 * TLS certificates: read from files, validated, and reloaded while the server runs. Independent of the rest of the server. Start reading
 * at {@link dev.jeton.bootstrap.tls.ReloadingCertificates}.
 */
@NullMarked
package dev.jeton.bootstrap.tls;

import org.jspecify.annotations.NullMarked;
