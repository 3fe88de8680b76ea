/** Shows the progress of long work, at a terminal or in a log. */
@NullMarked
package dev.decant.progress;

import org.jspecify.annotations.NullMarked;
