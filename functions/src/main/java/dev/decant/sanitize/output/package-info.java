/**
 * The statements of a dump, which are kept until they are verified, and the frames that contain
 * them.
 */
@NullMarked
package dev.decant.sanitize.output;

import org.jspecify.annotations.NullMarked;
