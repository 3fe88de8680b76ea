package dev.decant.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column.
 *
 * @param name the name as {@code format_type} prints it, for example {@code character varying(40)};
 *     for a domain, the name of the domain
 * @param category the category of the base type
 * @param maxLength the number of characters that fit a {@code varchar(n)} or {@code char(n)}, or -1
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
    int maxLength,
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

  public ColumnType {
    labels = List.copyOf(labels);
  }

  /** A type without modifiers. */
  public static ColumnType of(String name, TypeCategory category) {
    return new ColumnType(name, category, -1, -1, -1, List.of(), null, false);
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
