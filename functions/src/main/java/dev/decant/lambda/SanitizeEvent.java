package dev.decant.lambda;

import java.util.List;

/** What a call of {@code SanitizeSnapshot} asks for. */
sealed interface SanitizeEvent {
  /** Objects that landed; one, but for S3's own notifications, which may hold several. */
  record Landed(List<RawDump> dumps) implements SanitizeEvent {
    public Landed {
      dumps = List.copyOf(dumps);
    }
  }

  /** An event that is understood and asks for nothing. */
  record Nothing(String reason) implements SanitizeEvent {}

  /** {@code {"selfTest": true}}: say what the sandbox has. */
  record SelfTest() implements SanitizeEvent {}
}
