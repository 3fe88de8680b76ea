package dev.decant.refresh;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.refresh.RefreshResult.Content;
import dev.decant.refresh.RefreshResult.Planned;
import dev.decant.refresh.RefreshResult.Refreshed;
import dev.decant.refresh.RefreshResult.Repeated;
import dev.decant.refresh.RefreshResult.RolledBack;
import dev.decant.schema.TableName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a refresh or a rollback as JSON, for the command line and the function. Every
 * result has all fields; a field that does not apply is null or empty. Times are in seconds.
 */
public final class RefreshDocument {
  private RefreshDocument() {}

  /** Returns the document of a result. */
  public static ObjectNode of(RefreshResult result) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    Content content = content(result);
    document
        .put("target", result.location().target())
        .put("outcome", outcome(result))
        .put("host", result.location().host())
        .put("database", result.location().database())
        .put("snapshot", snapshot(result))
        .put("takenAt", takenAt(result))
        .put("previous", result.previous())
        .put("downtimeSeconds", result.activity().downtimeMillis() / 1e3)
        .put("columnsKept", content == null ? 0 : content.columnsKept());
    ObjectNode rows = document.putObject("rows");
    if (result instanceof Refreshed refreshed) {
      refreshed.rows().forEach((table, count) -> rows.put(table.toString(), count));
    }
    ObjectNode masks = document.putObject("masks");
    if (content != null) {
      content.masks().forEach(masks::put);
    }
    tables(document.putArray("truncated"), content == null ? List.of() : content.truncated());
    tables(document.putArray("absent"), content == null ? List.of() : content.absent());
    tables(document.putArray("keptTables"), keptTables(result));
    checks(document.putArray("checks"), result);
    hooks(document.putArray("hooks"), result.activity().hooks());
    ObjectNode steps = document.putObject("steps");
    result.activity().millis().forEach((step, millis) -> steps.put(step, millis / 1e3));
    ArrayNode plan = document.putArray("plan");
    if (result instanceof Planned planned) {
      planned.plan().forEach(plan::add);
    }
    result.activity().warnings().forEach(document.putArray("warnings")::add);
    return document;
  }

  private static String outcome(RefreshResult result) {
    return switch (result) {
      case Planned _ -> "planned";
      case Refreshed _, Repeated _ -> "refreshed";
      case RolledBack _ -> "rolled_back";
    };
  }

  private static @Nullable Content content(RefreshResult result) {
    return switch (result) {
      case Planned planned -> planned.content();
      case Refreshed refreshed -> refreshed.content();
      case Repeated _, RolledBack _ -> null;
    };
  }

  private static @Nullable String snapshot(RefreshResult result) {
    Content content = content(result);
    return switch (result) {
      case Planned _, Refreshed _ -> content == null ? null : content.snapshot();
      case Repeated repeated -> repeated.snapshot();
      case RolledBack rolledBack -> rolledBack.snapshot();
    };
  }

  private static @Nullable String takenAt(RefreshResult result) {
    Content content = content(result);
    Instant taken =
        result instanceof Repeated repeated
            ? repeated.takenAt()
            : content == null ? null : content.takenAt();
    return taken == null ? null : taken.toString();
  }

  private static List<TableName> keptTables(RefreshResult result) {
    return switch (result) {
      case Planned planned -> planned.keptTables();
      case Refreshed refreshed -> refreshed.keptTables();
      case Repeated _, RolledBack _ -> List.of();
    };
  }

  private static void checks(ArrayNode array, RefreshResult result) {
    if (result instanceof Refreshed refreshed) {
      for (RefreshResult.Check check : refreshed.checks()) {
        array
            .addObject()
            .put("name", check.name())
            .put("holds", check.holds())
            .put("found", check.found());
      }
    }
  }

  private static void hooks(ArrayNode array, List<RefreshResult.HookOutcome> hooks) {
    for (RefreshResult.HookOutcome hook : hooks) {
      array
          .addObject()
          .put("phase", hook.phase())
          .put("hook", hook.hook())
          .put("ok", hook.ok())
          .put("attempts", hook.attempts())
          .put("seconds", hook.millis() / 1e3);
    }
  }

  private static void tables(ArrayNode array, List<TableName> tables) {
    tables.forEach(table -> array.add(table.toString()));
  }
}
