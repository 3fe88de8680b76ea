package dev.decant.archive;

import dev.decant.postgres.Quoting;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the table of contents: an object, or the rows of a table. The strings have one
 * character for each byte.
 *
 * @param definition the SQL that creates the object; empty for none
 * @param copy the COPY statement of rows; empty for INSERT rows
 * @param hasData whether the archive has data for the entry
 * @param offset where the data is in a custom archive, or -1 if that is not known
 * @param file the name of the file with the data in the other formats, or empty
 */
public record TocEntry(
    int id,
    Label label,
    String definition,
    String copy,
    Storage storage,
    boolean hasData,
    long offset,
    String file) {
  /**
   * What the comment before an entry says.
   *
   * @param type for example TABLE or FK CONSTRAINT
   * @param schema empty for an object without a schema
   */
  public record Label(String tag, String type, String schema) {
    /** The object's name for messages. */
    String shown() {
      String name = Quoting.identifierIfNeeded(utf8(tag));
      return schema.isEmpty() ? name : Quoting.identifierIfNeeded(utf8(schema)) + '.' + name;
    }
  }

  /**
   * Where a table is stored.
   *
   * @param tablespace null for an object that has none; empty for the default one
   * @param accessMethod empty for an object that has none
   * @param partitioned whether it is a partitioned table, which stores no rows of its own
   */
  public record Storage(@Nullable String tablespace, String accessMethod, boolean partitioned) {}

  /** The text whose bytes in UTF-8 a string of an entry has. */
  public static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Whether it is an entry of this type, for example TABLE. */
  public boolean is(String type) {
    return label.type().equals(type);
  }

  /** Whether the data are large objects rather than the rows of a table. */
  public boolean isLargeObjects() {
    return is("BLOBS");
  }
}
