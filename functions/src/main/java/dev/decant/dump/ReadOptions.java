package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of a dump has to know besides its text.
 *
 * @param database the name of the database to read, or null for the only one that has tables
 * @param encoding the name of the encoding of a dump that declares none or SQL_ASCII, as PostgreSQL
 *     writes it; null means UTF-8
 * @param expressions computes the values of INSERT statements that are not constants; null if they
 *     are refused
 */
public record ReadOptions(
    @Nullable String database, @Nullable String encoding, @Nullable Expressions expressions) {
  /** One database in UTF-8 without expressions, such as a snapshot. */
  static final ReadOptions NONE = new ReadOptions(null, null, null);

  /**
   * The encoding that a dump has unless it declares another one.
   *
   * @throws DecantException {@link ErrorCode#USAGE} for an encoding that decant cannot read
   */
  Encoding undeclared() {
    Encoding found = encoding == null ? Encoding.UTF8 : Encoding.of(encoding);
    if (found == null) {
      throw new DecantException(
          ErrorCode.USAGE,
          "The encoding that --encoding names is not one that decant reads. Write a name of"
              + " PostgreSQL, for example --encoding WIN1252, --encoding LATIN1 or --encoding"
              + " SJIS.");
    }
    return found;
  }
}
