package dev.decant.progress;

/**
 * What a table has of the work that is ahead.
 *
 * @param name as {@link Progress#advance(long, long, String)} will give it
 * @param rows of the table
 * @param bytes of its rows, as COPY text
 */
public record TableShare(String name, long rows, long bytes) {}
