package dev.decant.pull;

import dev.decant.manifest.SnapshotName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The comment of a database that a pull made: {@code decant pull of shop/production/app_2026, whole
 * since 2026-11-21T12:00:00Z}. By it the next pull and {@code decant gc} know their own.
 */
record PullMark(String snapshot, State state, Instant since) {
  private static final Pattern TEXT =
      Pattern.compile(
          "decant pull of (\\S+), (being loaded|being published|whole|replaced) since (\\S+)");

  /** How far the database is. */
  enum State {
    LOADING("being loaded"),
    /** Loaded, and about to get its name: for that nobody may be connected, its pull neither. */
    PUBLISHING("being published"),
    WHOLE("whole"),
    REPLACED("replaced");

    private final String words;

    State(String words) {
      this.words = words;
    }
  }

  static PullMark of(SnapshotName snapshot, State state) {
    return new PullMark(snapshot.toString(), state, Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** As it is written. */
  String text() {
    return "decant pull of " + snapshot + ", " + state.words + " since " + since;
  }

  /** The mark that a comment is; empty for another comment, or none. */
  static Optional<PullMark> parse(@Nullable String comment) {
    Matcher matcher = TEXT.matcher(comment == null ? "" : comment);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      for (State state : State.values()) {
        if (state.words.equals(matcher.group(2))) {
          return Optional.of(
              new PullMark(matcher.group(1), state, Instant.parse(matcher.group(3))));
        }
      }
    } catch (DateTimeParseException e) {
      // Somebody wrote it by hand.
    }
    return Optional.empty();
  }
}
