/** The use case: bring the media of production to staging, or stand-ins for them. */
@NullMarked
package dev.decant.media;

import org.jspecify.annotations.NullMarked;
