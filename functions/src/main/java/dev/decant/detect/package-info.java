/** Detection of personal data: its categories, and the verdicts on columns and documents. */
@NullMarked
package dev.decant.detect;

import org.jspecify.annotations.NullMarked;
