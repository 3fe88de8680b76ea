/** Where snapshots live: S3, a local folder; and where dumps are read from. */
@NullMarked
package dev.decant.store;

import org.jspecify.annotations.NullMarked;
