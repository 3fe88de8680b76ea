package dev.decant.media;

/**
 * How a run ended. Of a dry run: what a run would do.
 *
 * @param objects the source's, those that vanished included
 * @param copied written, as copies or as placeholders
 * @param copiedBytes of those written
 * @param unchanged found the same
 * @param deleted removed from the destination, or to be
 * @param extra what the source does not have and the destination kept
 * @param vanished of the source, between its listing and its copy
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
