/** The zstd frames of a sanitized snapshot, and their index. */
@NullMarked
package dev.decant.frame;

import org.jspecify.annotations.NullMarked;
