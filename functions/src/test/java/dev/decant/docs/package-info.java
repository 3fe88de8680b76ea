/** Tests of the documents: each command in them is run as it is written. */
@NullMarked
package dev.decant.docs;

import org.jspecify.annotations.NullMarked;
