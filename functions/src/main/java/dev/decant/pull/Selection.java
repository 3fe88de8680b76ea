package dev.decant.pull;

import java.util.List;

/**
 * The part of a snapshot that the person wants. The schema is always complete.
 *
 * @param tables {@code users} or {@code app.users}; empty for all tables
 * @param parents whether the tables that foreign keys refer to are added
 * @param schemaOnly whether no rows are pulled
 */
public record Selection(List<String> tables, boolean parents, boolean schemaOnly) {
  /** The whole snapshot. */
  public static final Selection ALL = new Selection(List.of(), true, false);

  public Selection {
    tables = List.copyOf(tables);
  }
}
