@NullMarked
package dev.decant.manifest;

import org.jspecify.annotations.NullMarked;
