/**
 * What the tests of the whole server share: the server's process, a client of its API, clusters, a database that can fail and the proxy to
 * it. Campaigns and the benchmark use it too.
 */
@NullMarked
package dev.jeton.bootstrap.support;

import org.jspecify.annotations.NullMarked;
