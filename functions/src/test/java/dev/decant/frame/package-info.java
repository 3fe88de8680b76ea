@NullMarked
package dev.decant.frame;

import org.jspecify.annotations.NullMarked;
