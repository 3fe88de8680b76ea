package dev.decant.refresh;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Locale;

/**
 * The result panel of a refresh or a rollback as JSON: what the command and the function answer.
 */
public final class RefreshDocument {
  private RefreshDocument() {}

  /** The whole result. Times are seconds. */
  public static ObjectNode of(RefreshResult result) {
    ObjectNode document =
        JsonNodeFactory.instance
            .objectNode()
            .put("target", result.target())
            .put("outcome", result.outcome().name().toLowerCase(Locale.ROOT))
            .put("host", result.host())
            .put("database", result.database())
            .put("snapshot", result.snapshot())
            .put("takenAt", result.takenAt() == null ? null : result.takenAt().toString())
            .put("previous", result.previous())
            .put("downtimeSeconds", result.downtimeMillis() / 1e3)
            .put("columnsKept", result.columnsKept());
    ObjectNode rows = document.putObject("rows");
    result.rows().forEach((table, count) -> rows.put(table.toString(), count));
    ObjectNode masks = document.putObject("masks");
    result.masks().forEach(masks::put);
    tables(document.putArray("truncated"), result.truncated());
    tables(document.putArray("absent"), result.absent());
    tables(document.putArray("keptTables"), result.keptTables());
    ArrayNode checks = document.putArray("checks");
    result
        .checks()
        .forEach(
            c ->
                checks
                    .addObject()
                    .put("name", c.name())
                    .put("holds", c.holds())
                    .put("found", c.found()));
    ArrayNode hooks = document.putArray("hooks");
    result
        .hooks()
        .forEach(
            hook ->
                hooks
                    .addObject()
                    .put("phase", hook.phase())
                    .put("hook", hook.hook())
                    .put("ok", hook.ok())
                    .put("attempts", hook.attempts())
                    .put("seconds", hook.millis() / 1e3));
    ObjectNode steps = document.putObject("steps");
    result.millis().forEach((step, millis) -> steps.put(step, millis / 1e3));
    result.plan().forEach(document.putArray("plan")::add);
    result.warnings().forEach(document.putArray("warnings")::add);
    return document;
  }

  private static void tables(ArrayNode array, List<TableName> tables) {
    tables.forEach(table -> array.add(table.toString()));
  }
}
