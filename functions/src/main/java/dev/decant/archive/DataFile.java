package dev.decant.archive;

/**
 * The file with the rows of one table in an archive in the directory format.
 *
 * @param name the name in the table of contents, without the suffix of a compression
 * @param size the size in bytes, as stored
 * @param state a text that changes when the file changes
 */
public record DataFile(String name, long size, String state) {}
