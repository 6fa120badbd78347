/**
 * Tests of what the server keeps on disk.
 */
@NullMarked
package dev.jeton.bootstrap.storage;

import org.jspecify.annotations.NullMarked;
