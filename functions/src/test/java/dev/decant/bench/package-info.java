/** JMH benchmarks of the row loop and the masks. {@code bench/jmh} runs them. */
@NullMarked
package dev.decant.bench;

import org.jspecify.annotations.NullMarked;
