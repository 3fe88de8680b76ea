package dev.decant.lambda;

import java.util.List;

/** What a call of {@code SanitizeSnapshot} asks for. */
sealed interface Event {
  /** Objects that landed; one, but for S3's own notifications, which may hold several. */
  record Landed(List<RawDump> dumps) implements Event {
    public Landed {
      dumps = List.copyOf(dumps);
    }
  }

  /** An event that is understood and asks for nothing. */
  record Nothing(String reason) implements Event {}

  /** {@code {"selfTest": true}}: say what the sandbox has. */
  record SelfTest() implements Event {}
}
