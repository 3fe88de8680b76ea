/**
 * The manifest of a snapshot and its signature, the report and the catalog, and how snapshots are
 * published and listed.
 */
@NullMarked
package dev.decant.manifest;

import org.jspecify.annotations.NullMarked;
