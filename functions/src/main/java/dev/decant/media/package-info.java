/** The use case that copies the media of production to staging, or writes placeholders instead. */
@NullMarked
package dev.decant.media;

import org.jspecify.annotations.NullMarked;
