/** The settings, from the command line and the environment, and the keys. */
@NullMarked
package dev.decant.setting;

import org.jspecify.annotations.NullMarked;
