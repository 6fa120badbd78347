/**
 * Campaigns: servers, databases and connections fail or are overloaded or attacked, and every answer is checked. Each campaign is a test class
 * with three {@linkplain dev.jeton.campaigns.Form forms}: the smoke runs with every build, the others with {@code -Pcampaigns}.
 */
@NullMarked
package dev.jeton.campaigns;

import org.jspecify.annotations.NullMarked;
