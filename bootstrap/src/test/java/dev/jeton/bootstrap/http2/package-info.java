/**
 * HTTP/2 by hand, for clients that do what no library does. It knows nothing of Jeton. Begin with {@link dev.jeton.bootstrap.http2.Frame}.
 */
@NullMarked
package dev.jeton.bootstrap.http2;

import org.jspecify.annotations.NullMarked;
