package dev.decant.pull;

import org.jspecify.annotations.Nullable;

/**
 * How the new database is named.
 *
 * @param into the name that the person gave; null if the snapshot decides
 * @param overwrite whether an existing database of this name is replaced without a question
 * @param alwaysNew whether an existing database of this name stays and the new one gets a suffix
 */
public record DatabaseNaming(@Nullable String into, boolean overwrite, boolean alwaysNew) {
  /**
   * A name that the snapshot decides. An existing database is replaced only if the person agrees.
   */
  public static final DatabaseNaming BY_SNAPSHOT = new DatabaseNaming(null, false, false);

  public DatabaseNaming {
    if (overwrite && alwaysNew) {
      throw new IllegalArgumentException("both overwrite and new");
    }
  }
}
