package dev.decant.pull;

import java.util.List;

/**
 * What of a snapshot is wanted. The schema is always whole.
 *
 * @param tables {@code users} or {@code app.users}; empty: all
 * @param parents whether the tables that foreign keys refer to come too
 * @param schemaOnly no rows at all
 */
public record Selection(List<String> tables, boolean parents, boolean schemaOnly) {
  /** All of it. */
  public static final Selection ALL = new Selection(List.of(), true, false);

  public Selection {
    tables = List.copyOf(tables);
  }
}
