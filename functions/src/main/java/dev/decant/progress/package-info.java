/** Progress of long work, for a person or a log. */
@NullMarked
package dev.decant.progress;

import org.jspecify.annotations.NullMarked;
