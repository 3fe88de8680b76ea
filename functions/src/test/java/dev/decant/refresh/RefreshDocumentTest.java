package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The JSON document of a refresh is read by scripts, so its fields and their order stay. */
final class RefreshDocumentTest {
  private static final String[] FIELDS = {
    "target",
    "outcome",
    "host",
    "database",
    "snapshot",
    "takenAt",
    "previous",
    "downtimeSeconds",
    "columnsKept",
    "rows",
    "masks",
    "truncated",
    "absent",
    "keptTables",
    "checks",
    "hooks",
    "steps",
    "plan",
    "warnings"
  };
  private static final RefreshResult.Location LOCATION =
      new RefreshResult.Location("staging", "app", "db.internal");
  private static final RefreshResult.Content CONTENT =
      new RefreshResult.Content(
          "shop/production/shop_1",
          Instant.parse("2026-03-23T06:00:00Z"),
          new TreeMap<>(Map.of("email", 2)),
          7,
          List.of(new TableName("public", "session")),
          List.of(new TableName("public", "absent")));
  private static final RefreshResult.Activity ACTIVITY =
      new RefreshResult.Activity(
          List.of(new RefreshResult.HookOutcome("after", "smoke.sh", true, 2, 1500)),
          250,
          Map.of("swap", 500L),
          List.of("a warning"));
  private static final List<TableName> KEPT = List.of(new TableName("public", "audit"));

  private static ObjectNode document(RefreshResult result) {
    ObjectNode document = RefreshDocument.of(result);
    assertThat(document.fieldNames()).toIterable().containsExactly(FIELDS);
    return document;
  }

  @Test
  void refreshShowsSnapshotRowsAndChecks() {
    ObjectNode document =
        document(
            new RefreshResult.Refreshed(
                LOCATION,
                CONTENT,
                new TreeMap<>(Map.of(new TableName("public", "user"), 3L)),
                KEPT,
                List.of(new RefreshResult.Check("one admin", true, "1")),
                "app_previous_20260323060000",
                ACTIVITY));

    assertThat(document)
        .hasToString(
            """
            {"target":"staging","outcome":"refreshed","host":"db.internal","database":"app",\
            "snapshot":"shop/production/shop_1","takenAt":"2026-03-23T06:00:00Z",\
            "previous":"app_previous_20260323060000","downtimeSeconds":0.25,"columnsKept":7,\
            "rows":{"public.user":3},"masks":{"email":2},"truncated":["public.session"],\
            "absent":["public.absent"],"keptTables":["public.audit"],\
            "checks":[{"name":"one admin","holds":true,"found":"1"}],\
            "hooks":[{"phase":"after","hook":"smoke.sh","ok":true,"attempts":2,"seconds":1.5}],\
            "steps":{"swap":0.5},"plan":[],"warnings":["a warning"]}\
            """);
  }

  @Test
  void dryRunShowsThePlanAndNoRows() {
    ObjectNode document =
        document(
            new RefreshResult.Planned(
                LOCATION, CONTENT, null, KEPT, List.of("create database app_next"), ACTIVITY));

    assertThat(document.path("outcome").asText()).isEqualTo("planned");
    assertThat(document.path("plan")).hasToString("[\"create database app_next\"]");
    assertThat(document.path("snapshot").asText()).isEqualTo("shop/production/shop_1");
    assertThat(document.path("previous").isNull()).isTrue();
    assertThat(document.path("rows")).isEmpty();
  }

  @Test
  void rollbackShowsTheDatabaseThatItReplaced() {
    ObjectNode document =
        document(new RefreshResult.RolledBack(LOCATION, null, "app_previous_1", ACTIVITY));

    assertThat(document.path("outcome").asText()).isEqualTo("rolled_back");
    assertThat(document.path("snapshot").isNull()).isTrue();
    assertThat(document.path("takenAt").isNull()).isTrue();
    assertThat(document.path("previous").asText()).isEqualTo("app_previous_1");
    assertThat(document.path("masks")).isEmpty();
    assertThat(document.path("columnsKept").asInt()).isZero();
  }
}
