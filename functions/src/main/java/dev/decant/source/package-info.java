/** The sources of dumps: files, standard input and S3. */
@NullMarked
package dev.decant.source;

import org.jspecify.annotations.NullMarked;
