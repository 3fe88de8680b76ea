package dev.decant.media;

/**
 * The result of a run. For a dry run, it counts what a run would do.
 *
 * @param objects the objects of the source, including those that vanished
 * @param copied the objects that were written, as copies or placeholders
 * @param copiedBytes the bytes of the written objects
 * @param unchanged the objects that were equal already
 * @param deleted the objects that were removed from the destination
 * @param extra the objects that only the destination has and that were kept
 * @param vanished the objects of the source that were removed between the listing and the copy
 */
public record MediaResult(
    boolean dryRun,
    long objects,
    long copied,
    long copiedBytes,
    long unchanged,
    long deleted,
    long extra,
    long vanished) {}
