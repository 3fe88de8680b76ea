/** pg_dump's text: statements, COPY blocks, the skeleton. No I/O of its own. */
@NullMarked
package dev.decant.dump;

import org.jspecify.annotations.NullMarked;
