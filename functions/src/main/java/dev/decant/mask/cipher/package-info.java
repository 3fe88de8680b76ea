/** Key derivation, the pseudo-random function, and the permutations that masks use. */
@NullMarked
package dev.decant.mask.cipher;

import org.jspecify.annotations.NullMarked;
