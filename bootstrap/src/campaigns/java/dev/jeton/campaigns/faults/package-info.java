/**
 * Fault campaign: the server, its database and the connections between them fail under load. Every call is recorded and compared with the final
 * state of the database. Start with {@link dev.jeton.campaigns.faults.Experiment}.
 */
@NullMarked
package dev.jeton.campaigns.faults;

import org.jspecify.annotations.NullMarked;
