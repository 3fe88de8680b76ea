@NullMarked
package dev.decant.audit;

import org.jspecify.annotations.NullMarked;
