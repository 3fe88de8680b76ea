/**
 * Packs, which are decant's knowledge about the schemas of common applications. A pack has rules
 * for their tables, and steps that keep a staging system from sending mail, calling others or
 * charging cards.
 */
@NullMarked
package dev.decant.pack;

import org.jspecify.annotations.NullMarked;
