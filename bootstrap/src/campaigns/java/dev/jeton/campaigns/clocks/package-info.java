/**
 * Clock campaign: servers whose clocks are wrong answer as one whose clock is right.
 */
@NullMarked
package dev.jeton.campaigns.clocks;

import org.jspecify.annotations.NullMarked;
