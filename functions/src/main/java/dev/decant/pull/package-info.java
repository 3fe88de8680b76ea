/**
 * Pulls a sanitized snapshot for a developer, into a new database of a server or into a dump file.
 */
@NullMarked
package dev.decant.pull;

import org.jspecify.annotations.NullMarked;
