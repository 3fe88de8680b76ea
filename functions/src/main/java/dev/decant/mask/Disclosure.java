package dev.decant.mask;

/**
 * The protection that a mask gives. {@code docs/masks.md} and {@code decant explain} show the same
 * sentences.
 *
 * @param hides what a reader of masked rows cannot learn
 * @param letsThrough the facts that a reader of masked rows still learns, and who learns more
 */
public record Disclosure(String hides, String letsThrough) {}
