@NullMarked
package dev.decant.reidentify;

import org.jspecify.annotations.NullMarked;
