package dev.decant.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column.
 *
 * @param name the name as {@code format_type} prints it, for example {@code character varying(40)};
 *     for a domain, the name of the domain
 * @param category the category of the base type
 * @param length the length that a text may have at most
 * @param precision the number of digits of a {@code numeric(p,s)}, or -1
 * @param scale the number of digits after the decimal point of a {@code numeric(p,s)}, or -1
 * @param labels the labels of an enum in their order; otherwise empty
 * @param parts the elements of an array, the bounds of a range, or the fields of a composite type;
 *     otherwise null
 * @param domain whether the type is a domain; {@link Column} contains its NOT NULL and CHECKs
 */
public record ColumnType(
    String name,
    TypeCategory category,
    Length length,
    int precision,
    int scale,
    List<String> labels,
    @Nullable Parts parts,
    boolean domain) {
  /** The types of which a type consists. */
  public sealed interface Parts {
    /** The elements of an array, or the bounds of a range or multirange. */
    record Element(ColumnType type) implements Parts {}

    /** The fields of a composite type, in their order. */
    record Fields(List<Field> fields) implements Parts {
      public Fields {
        fields = List.copyOf(fields);
      }
    }
  }

  /** A field of a composite type. */
  public record Field(String name, ColumnType type) {}

  /**
   * The greatest length of a text.
   *
   * @param max the n of {@code varchar(n)} or {@code char(n)}, or -1 if there is no limit
   * @param bytes whether the server counts bytes, as a database in SQL_ASCII does because it does
   *     not know the characters; otherwise it counts characters
   */
  public record Length(int max, boolean bytes) {
    /** The length of a text in the unit that counts. */
    public int of(String text) {
      return bytes
          ? text.getBytes(StandardCharsets.UTF_8).length
          : text.codePointCount(0, text.length());
    }

    public boolean fits(String text) {
      return max < 0 || of(text) <= max;
    }
  }

  public ColumnType {
    labels = List.copyOf(labels);
  }

  /** A type whose length counts characters. */
  public ColumnType(
      String name,
      TypeCategory category,
      int maxLength,
      int precision,
      int scale,
      List<String> labels,
      @Nullable Parts parts,
      boolean domain) {
    this(name, category, new Length(maxLength, false), precision, scale, labels, parts, domain);
  }

  /** A type without modifiers. */
  public static ColumnType of(String name, TypeCategory category) {
    return new ColumnType(name, category, -1, -1, -1, List.of(), null, false);
  }

  /** The greatest length of a text in characters or bytes, or -1. */
  public int maxLength() {
    return length.max();
  }

  /** The type of the elements of an array, or of the bounds of a range; otherwise null. */
  public @Nullable ColumnType element() {
    return parts instanceof Parts.Element element ? element.type() : null;
  }

  /** The fields of a composite type in their order; otherwise empty. */
  public List<Field> fields() {
    return parts instanceof Parts.Fields some ? some.fields() : List.of();
  }
}
