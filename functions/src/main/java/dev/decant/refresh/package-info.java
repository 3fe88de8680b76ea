/**
 * Refreshing a staging database from a sanitized snapshot, and undoing it: a new database beside
 * the old one, then two renames in one transaction.
 */
@NullMarked
package dev.decant.refresh;

import org.jspecify.annotations.NullMarked;
