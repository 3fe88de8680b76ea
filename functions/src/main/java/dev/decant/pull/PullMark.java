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
 * The comment on a database that a pull created: {@code decant pull of shop/production/app_2026,
 * whole since 2026-11-21T12:00:00Z}. The next pull and {@code decant gc} recognise the databases of
 * pulls by it.
 */
record PullMark(String snapshot, State state, Instant since) {
  private static final Pattern TEXT =
      Pattern.compile(
          "decant pull of (\\S+), (being loaded|being published|whole|replaced) since (\\S+)");

  /** The state of the database. */
  enum State {
    LOADING("being loaded"),
    /**
     * The database is loaded and about to be renamed. Nobody may be connected during a rename, not
     * even its pull.
     */
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

  /** The text of the comment. */
  String text() {
    return "decant pull of " + snapshot + ", " + state.words + " since " + since;
  }

  /** Reads a comment; empty if it is not a mark. */
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
      // A person wrote the comment.
    }
    return Optional.empty();
  }
}
