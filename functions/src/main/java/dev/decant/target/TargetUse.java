package dev.decant.target;

import java.util.List;
import java.util.Set;

/**
 * The purpose for which a targets file is read. A refresh uses every part of a target, so the whole
 * file is checked for it. The other uses must not fail because of parts that they do not use: the
 * parameters of a refresh may not be at hand when staging has to be rolled back quickly.
 */
public enum TargetUse {
  REFRESH,
  ROLLBACK,
  SWEEP,
  MEDIA;

  /** The keys of a target that this use does not read. */
  Set<String> unread() {
    return switch (this) {
      case REFRESH -> Set.of();
      case ROLLBACK, SWEEP, MEDIA ->
          Set.of("schema-version", "keep-tables", "rekey", "sql", "assertions", "privileges");
    };
  }

  /** The phases whose hooks this use does not read. */
  Set<String> unreadHooks() {
    return switch (this) {
      case REFRESH -> Set.of();
      case ROLLBACK -> Set.of("migrate");
      case SWEEP, MEDIA -> Set.of("before", "migrate", "after");
    };
  }

  /** Whether a target is read if these targets are wanted; an empty list means all targets. */
  boolean reads(String target, List<String> wanted) {
    return this == REFRESH || wanted.isEmpty() || wanted.contains(target);
  }
}
