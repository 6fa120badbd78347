/**
 * Whether what was acknowledged survives, and what was refused was told truly, when the server, its database and the wire between them
 * fail: experiments under load, all of whose calls are recorded and judged. Begin at {@link dev.jeton.campaigns.faults.Experiment}. All but
 * the tests themselves run without a test framework.
 */
@NullMarked
package dev.jeton.campaigns.faults;

import org.jspecify.annotations.NullMarked;
