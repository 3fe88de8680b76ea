package dev.decant.lambda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request of a call of {@code SanitizeSnapshot}. */
sealed interface SanitizeEvent {
  /**
   * New objects in S3. Only S3's own notifications may hold more than one.
   *
   * @param order the ID of the order that the caller gave; null if it gave none
   */
  record Landed(List<RawDump> dumps, @Nullable String order) implements SanitizeEvent {
    public Landed {
      dumps = List.copyOf(dumps);
    }
  }

  /** An event that is understood but needs no work. */
  record Nothing(String reason) implements SanitizeEvent {}

  /** {@code {"selfTest": true}}: a request to report what the sandbox provides. */
  record SelfTest() implements SanitizeEvent {}
}
