/**
 * HTTP/2 by hand, for clients that do what no library does. It knows nothing of Jeton. Begin with {@link dev.jeton.bootstrap.support.http2.Frame}.
 */
@NullMarked
package dev.jeton.bootstrap.support.http2;

import org.jspecify.annotations.NullMarked;
