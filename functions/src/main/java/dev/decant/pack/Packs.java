package dev.decant.pack;

import dev.decant.detect.name.NameWords;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The packs of this version of decant. */
public final class Packs {
  /**
   * The names of the packs and of their files. If several packs know a column, the first of them
   * has the rule.
   */
  private static final List<String> NAMES =
      List.of(
          "django-auth",
          "mastodon",
          "discourse",
          "rails-devise",
          "rails",
          "laravel",
          "keycloak",
          "supabase",
          "hasura",
          "odoo",
          "metabase",
          "temporal",
          "pg-cron",
          "pg-partman",
          "postgis",
          "timescaledb",
          "job-queues",
          "payment",
          "mail",
          "webhooks",
          "oauth-clients",
          "settings");

  private Packs() {}

  /** The packs are read when they are first needed. */
  private static final class Loaded {
    static final List<Pack> PACKS = NAMES.stream().map(PackParser::resource).toList();

    private Loaded() {}
  }

  /** The names that the key {@code packs} of a policy may have. */
  public static List<String> names() {
    return NAMES;
  }

  static List<Pack> all() {
    return Loaded.PACKS;
  }

  /**
   * Finds the applications that a schema belongs to.
   *
   * @param written the tables that have an entry in the policy, whose rows are therefore not left
   *     out
   */
  public static RecognizedPacks recognized(Schema schema, Set<TableName> written) {
    Map<String, String> known = new HashMap<>();
    UnaryOperator<String> words =
        name ->
            isSnakeCase(name)
                ? name
                : known.computeIfAbsent(name, n -> String.join("_", NameWords.of(n)));
    List<RecognizedPack> found =
        all().stream().flatMap(pack -> PackSearch.find(pack, schema, words)).toList();
    return RecognizedPacks.of(found, schema, written);
  }

  /** Whether the words of a name are separated already, as in most names. This saves time. */
  private static boolean isSnakeCase(String name) {
    return name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_');
  }
}
