package dev.decant.check;

import dev.decant.schema.TableName;

/**
 * A column whose raw values are published, in all rows or in some.
 *
 * @param sometimes whether it is kept only in rows for which a condition holds
 * @param sensitivity how sensitive the name and the type look
 * @param reason the reason for this sensitivity
 */
public record KeptColumn(
    TableName table,
    String column,
    String type,
    boolean sometimes,
    Sensitivity sensitivity,
    String reason) {
  /** The degrees of sensitivity, the highest first. */
  public enum Sensitivity {
    /** A special category of GDPR article 9, or article 10. */
    SPECIAL,
    PERSONAL,
    PERHAPS_PERSONAL,
    UNKNOWN,
    HARMLESS
  }
}
