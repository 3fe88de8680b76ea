package dev.decant.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column.
 *
 * @param name as {@code format_type} prints it, {@code character varying(40)} for instance; the
 *     domain's name for a domain
 * @param category of the base type
 * @param maxLength characters that fit ({@code varchar(n)}, {@code char(n)}), or -1
 * @param scale digits after the point of a {@code numeric(p,s)}, or -1
 * @param precision digits of a {@code numeric(p,s)}, or -1
 * @param labels of an enum, in order; else empty
 * @param element of an array, else null
 * @param domain whether a domain stands between; its NOT NULL and CHECKs are told by the {@link
 *     Column}
 */
public record ColumnType(
    String name,
    TypeCategory category,
    int maxLength,
    int precision,
    int scale,
    List<String> labels,
    @Nullable ColumnType element,
    boolean domain) {
  public ColumnType {
    labels = List.copyOf(labels);
  }

  /** A plain type without modifiers. */
  public static ColumnType of(String name, TypeCategory category) {
    return new ColumnType(name, category, -1, -1, -1, List.of(), null, false);
  }
}
