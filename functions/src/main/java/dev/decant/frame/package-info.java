/**
 * The zstd frames of a sanitized snapshot: making them, the spool in which they wait, reading them
 * from a store or a cache, and the seek table.
 */
@NullMarked
package dev.decant.frame;

import org.jspecify.annotations.NullMarked;
