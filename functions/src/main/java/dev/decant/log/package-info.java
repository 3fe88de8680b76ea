/**
 * The forms of the log and of the metrics: text for people, and JSON lines with metrics for
 * functions and tasks. A log line contains no value of a row.
 */
@NullMarked
package dev.decant.log;

import org.jspecify.annotations.NullMarked;
