package dev.decant.pull;

import org.jspecify.annotations.Nullable;

/**
 * How the new database is named.
 *
 * @param into the name that the person gave; null: by the snapshot
 * @param overwrite a database of that name is replaced without a question
 * @param alwaysNew a database of that name is left alone, and the new one gets a suffix
 */
public record DatabaseNaming(@Nullable String into, boolean overwrite, boolean alwaysNew) {
  /** By the snapshot; nothing is replaced unless the person agrees. */
  public static final DatabaseNaming BY_SNAPSHOT = new DatabaseNaming(null, false, false);

  public DatabaseNaming {
    if (overwrite && alwaysNew) {
      throw new IllegalArgumentException("both overwrite and new");
    }
  }
}
