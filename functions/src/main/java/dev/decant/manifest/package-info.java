/** The manifest, the report, the signature. */
@NullMarked
package dev.decant.manifest;

import org.jspecify.annotations.NullMarked;
