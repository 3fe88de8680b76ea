package dev.decant.mask;

/**
 * How much a mask protects. {@code docs/masks.md} and {@code decant explain} show the same
 * sentences.
 *
 * @param hides what a reader of masked rows cannot learn
 * @param letsThrough what a reader of masked rows still learns, and who learns more
 */
public record Disclosure(String hides, String letsThrough) {}
