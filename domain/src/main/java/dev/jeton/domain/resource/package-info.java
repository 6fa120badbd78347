/**
 * What tenants, users, workloads and tokens have in common.
 */
@NullMarked
package dev.jeton.domain.resource;

import org.jspecify.annotations.NullMarked;
