/**
 * A minimal HTTP/2 client for what no library allows. Independent of Jeton. Begin with {@link dev.jeton.bootstrap.support.http2.Frame}.
 */
@NullMarked
package dev.jeton.bootstrap.support.http2;

import org.jspecify.annotations.NullMarked;
