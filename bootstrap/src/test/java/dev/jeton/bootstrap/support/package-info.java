/**
 * Support for tests of the whole server: server processes, an API client, clusters, and a database that can fail with a proxy to it. Campaigns and
 * the benchmark use it too.
 */
@NullMarked
package dev.jeton.bootstrap.support;

import org.jspecify.annotations.NullMarked;
