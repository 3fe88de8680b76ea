@NullMarked
package dev.decant.setting;

import org.jspecify.annotations.NullMarked;
