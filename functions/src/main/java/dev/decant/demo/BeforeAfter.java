package dev.decant.demo;

import dev.decant.copy.CopyRow;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.RowBatch;
import dev.decant.source.DumpStream;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One field of one row before and after masking. Values may be shown here only because the people
 * of the demo are invented.
 */
public record BeforeAfter(String table, String row, String column, String before, String after) {
  /** The columns that the demo shows, by table. */
  private static final Map<String, List<String>> SHOWN =
      Map.of(
          "public.user", List.of("email", "full_name", "phone", "birth_date", "profile"),
          "public.support_message", List.of("body"),
          "public.external_system_integration", List.of("push_products", "push_service_api_key"));

  private static final int ROWS = 2;

  static List<BeforeAfter> of(Path raw, Path sanitized) {
    Map<String, String> before = fields(raw);
    Map<String, String> after = fields(sanitized);
    List<BeforeAfter> all = new ArrayList<>();
    before.forEach(
        (place, value) -> {
          String[] parts = place.split("\t", -1);
          all.add(
              new BeforeAfter(
                  parts[0], parts[1], parts[2], value, after.getOrDefault(place, "(gone)")));
        });
    return all;
  }

  /** The values by table, id and column. */
  private static Map<String, String> fields(Path dump) {
    Map<String, String> fields = new LinkedHashMap<>();
    try (Source source = Sources.open(dump.toString());
        DumpStream stream = DumpStream.open(source);
        DumpReader reader = new DumpReader(stream.text())) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.CopyStart copy) {
          read(reader, copy, fields);
        }
      }
    }
    return fields;
  }

  private static void read(DumpReader reader, DumpPart.CopyStart copy, Map<String, String> fields) {
    String table = copy.table().schema() + '.' + copy.table().name();
    RowBatch batch = new RowBatch(1 << 16);
    List<String> columns = SHOWN.get(table);
    List<String> names = copy.columns();
    if (columns == null || names == null || !reader.readRows(batch)) {
      reader.skipRows();
      return;
    }
    CopyRow row = new CopyRow();
    int at = 0;
    for (int n = 0; n < ROWS && at < batch.length(); n++) {
      at = row.split(batch.bytes(), at, batch.length());
      String id = text(row, 0);
      for (String column : columns) {
        fields.put(table + '\t' + id + '\t' + column, text(row, names.indexOf(column)));
      }
    }
    reader.skipRows();
  }

  private static String text(CopyRow row, int field) {
    if (row.isNull(field)) {
      return "NULL";
    }
    row.select(field);
    return new String(row.bytes(), row.from(), row.to() - row.from(), StandardCharsets.UTF_8);
  }
}
