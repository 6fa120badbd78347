/**
 * Fault campaign: the server, its database and the connections between them fail under load. Every call is recorded, and compared with what
 * the database holds afterwards. Start reading at {@link dev.jeton.campaigns.faults.Experiment}.
 */
@NullMarked
package dev.jeton.campaigns.faults;

import org.jspecify.annotations.NullMarked;
