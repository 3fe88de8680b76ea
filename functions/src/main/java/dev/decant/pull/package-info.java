/** A developer takes a snapshot: into a database of a server, or into a dump file. */
@NullMarked
package dev.decant.pull;

import org.jspecify.annotations.NullMarked;
