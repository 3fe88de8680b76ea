package dev.decant.target;

import java.util.List;
import java.util.Set;

/**
 * What a targets file is read for. A refresh needs all of a target, and a file that is read for one
 * is checked whole. What else works with a target must not fail on parts that it does not use: the
 * parameters of a refresh are not at hand when staging has to be rolled back in a hurry.
 */
public enum TargetUse {
  REFRESH,
  ROLLBACK,
  SWEEP,
  MEDIA;

  /** Keys of a target that are not read. */
  Set<String> unread() {
    return switch (this) {
      case REFRESH -> Set.of();
      case ROLLBACK, SWEEP, MEDIA ->
          Set.of("schema-version", "keep-tables", "rekey", "sql", "assertions", "privileges");
    };
  }

  /** Phases whose hooks are not read. */
  Set<String> unreadHooks() {
    return switch (this) {
      case REFRESH -> Set.of();
      case ROLLBACK -> Set.of("migrate");
      case SWEEP, MEDIA -> Set.of("before", "migrate", "after");
    };
  }

  /** Whether a target is read where these are wanted; none: all are. */
  boolean reads(String target, List<String> wanted) {
    return this == REFRESH || wanted.isEmpty() || wanted.contains(target);
  }
}
