package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.json.Json;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** {@code empty}: the empty value of the type. A JSON array becomes an empty array. */
final class EmptyFactory extends BuiltInFactory {
  private static final byte[] ARRAY = {'[', ']'};

  EmptyFactory() {
    super(
        MaskTraits.of(
            "empty",
            "Writes the empty value of the type: `Max` → the empty text, `[1]` → `[]`, `{\"a\":1}`"
                + " → `{}`.",
            Set.of(
                TypeCategory.TEXT,
                TypeCategory.BYTEA,
                TypeCategory.JSON,
                TypeCategory.ARRAY,
                TypeCategory.HSTORE,
                TypeCategory.TSVECTOR)));
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    TypeCategory category = column.type().category();
    String text =
        switch (category) {
          case BYTEA -> "\\x";
          case JSON, ARRAY -> "{}";
          default -> "";
        };
    byte[] empty = text.getBytes(StandardCharsets.US_ASCII);
    boolean json = category == TypeCategory.JSON;
    return (value, from, to, row, out) -> {
      out.append(json && Json.isArray(value, from, to) ? ARRAY : empty);
      return true;
    };
  }
}
