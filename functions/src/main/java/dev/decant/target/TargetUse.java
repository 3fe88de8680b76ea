package dev.decant.target;

import java.util.List;
import java.util.Set;

/**
 * What a targets file is read for. A refresh needs all of a target, and a file that is read for one
 * is checked whole. What else works with a target must not fail on parts that it does not use: the
 * parameters of a refresh are not at hand when staging has to be rolled back in a hurry.
 */
public enum TargetUse {
  REFRESH(Set.of(), Set.of()),
  ROLLBACK(Keys.REFRESHED, Set.of("migrate")),
  SWEEP(Keys.REFRESHED, Set.of("before", "migrate", "after")),
  MEDIA(Keys.REFRESHED, Set.of("before", "migrate", "after"));

  private final Set<String> unread;
  private final Set<String> unreadHooks;

  TargetUse(Set<String> unread, Set<String> unreadHooks) {
    this.unread = unread;
    this.unreadHooks = unreadHooks;
  }

  /** Keys of a target that are not read. */
  Set<String> unread() {
    return unread;
  }

  /** Phases whose hooks are not read. */
  Set<String> unreadHooks() {
    return unreadHooks;
  }

  /** Whether a target is read where these are wanted; none: all are. */
  boolean reads(String target, List<String> wanted) {
    return this == REFRESH || wanted.isEmpty() || wanted.contains(target);
  }

  /** Constants of an enum cannot use its own static fields. */
  private static final class Keys {
    static final Set<String> REFRESHED =
        Set.of("schema-version", "keep-tables", "rekey", "sql", "assertions", "privileges");
  }
}
