/**
 * Campaigns: servers, databases and connections are made to fail, overloaded and attacked, and every answer is judged. Each campaign is a
 * test class with three {@linkplain dev.jeton.campaigns.Form forms}: the smoke runs with every build, the others with {@code -Pcampaigns}.
 */
@NullMarked
package dev.jeton.campaigns;

import org.jspecify.annotations.NullMarked;
