package dev.decant.progress;

/**
 * The share of one table in the work of a stage.
 *
 * @param name the name that {@link Progress#advance(long, long, String)} gets
 * @param rows the number of its rows
 * @param bytes the size of its rows as COPY text
 */
public record TableShare(String name, long rows, long bytes) {}
