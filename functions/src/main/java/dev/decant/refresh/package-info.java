/**
 * Refreshes a staging database from a sanitized snapshot, and rolls it back. The snapshot is loaded
 * into a new database beside the old one, and two renames in one transaction then swap them.
 */
@NullMarked
package dev.decant.refresh;

import org.jspecify.annotations.NullMarked;
