/**
 * Concurrency: how threads work together, and how work ends by its first failure, at its deadline,
 * or when the process is asked to stop. Every other package uses these classes instead of making
 * threads and queues itself:
 *
 * <ul>
 *   <li>{@link dev.decant.run.TaskGroup}: long-running threads that share state. They exchange
 *       items through a {@link dev.decant.run.Channel}.
 *   <li>{@link dev.decant.run.TaskPool}: many short, independent tasks on a fixed number of
 *       threads.
 *   <li>{@link dev.decant.run.Prefetch}: values that are fetched in the background and consumed in
 *       order.
 *   <li>{@link dev.decant.run.Waits}: waiting for one {@link java.util.concurrent.Future}.
 *   <li>{@link dev.decant.run.FileLocks}: waiting for a lock file.
 * </ul>
 *
 * <p>They have four properties in common. Queues are bounded, so memory does not grow with the
 * work. The first failure ends everything that belongs together, and every thread that waits gets
 * that failure. The end of a queue is a state of the queue and not a special item in it. Every wait
 * takes a <em>guard</em>, a {@link java.lang.Runnable} that throws a {@link
 * dev.decant.error.DecantException} once the run has ended, and calls it about every 50 ms; {@code
 * RunGuard::check} is the guard of a run with a deadline.
 */
@NullMarked
package dev.decant.run;

import org.jspecify.annotations.NullMarked;
