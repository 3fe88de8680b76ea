package dev.decant.check;

import dev.decant.check.Explanation.Example;
import dev.decant.copy.Bytes;
import dev.decant.copy.CopyRow;
import dev.decant.copy.CopyText;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.schema.Column;
import dev.decant.schema.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Applies the masks of a rule to made-up values in made-up rows. */
final class RuleExamples {
  private final Table table;
  private final MaskingKey key;
  private final Locale locale;

  RuleExamples(Table table, MaskingKey key, Locale locale) {
    this.table = table;
    this.key = key;
    this.locale = locale;
  }

  /** Examples for a mask that serves the column; empty if there are no made-up values for it. */
  List<Example> of(MaskSpec spec, Column column) {
    List<Example> examples = new ArrayList<>();
    List<String> columns = table.copyColumns();
    for (String value : MadeUpValues.of(column.type(), spec.name())) {
      examples.add(new Example(value, masked(spec, column, value, columns)));
    }
    return examples;
  }

  private @Nullable String masked(
      MaskSpec spec, Column column, String value, List<String> columns) {
    if (spec.name().equals("keep")) {
      return value;
    }
    Mask mask = new TableMaskKit(BuiltInMasks.standard(), key, locale, columns).mask(spec, column);
    byte[] line = row(column, value).getBytes(StandardCharsets.UTF_8);
    CopyRow row = new CopyRow();
    int end = row.split(line, 0, line.length);
    if (end != line.length) {
      throw new IllegalStateException("a made-up row is one line");
    }
    byte[] raw = value.getBytes(StandardCharsets.UTF_8);
    Bytes out = new Bytes(64);
    return mask.apply(raw, 0, raw.length, row, out)
        ? new String(out.array(), 0, out.length(), StandardCharsets.UTF_8)
        : null;
  }

  private String row(Column of, String value) {
    List<String> fields = new ArrayList<>();
    for (Column column : table.columns()) {
      if (!column.generated()) {
        List<String> values = MadeUpValues.of(column.type(), "");
        String field =
            column.name().equals(of.name()) ? value : values.isEmpty() ? "" : values.getFirst();
        fields.add(escaped(field));
      }
    }
    return String.join("\t", fields) + "\n";
  }

  private static String escaped(String text) {
    Bytes bytes = new Bytes(64);
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    bytes.append(raw, 0, raw.length);
    CopyText.escapeFrom(bytes, 0);
    return new String(bytes.array(), 0, bytes.length(), StandardCharsets.UTF_8);
  }
}
