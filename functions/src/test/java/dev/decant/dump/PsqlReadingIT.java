package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.error.DecantException;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs texts of random tokens, some of which are psql commands. If decant accepts a text as a dump,
 * psql must see the same ends of statements and no command in it.
 */
final class PsqlReadingIT {
  private static final int TEXTS = 4000;

  private static final String[] BEGINNINGS = {
    "COMMENT ON TABLE a.t IS ",
    "CREATE VIEW a.v AS SELECT ",
    "CREATE FUNCTION a.f() ",
    "CREATE FUNCTION a.f() BEGIN ATOMIC SELECT ",
    "CREATE OR REPLACE PROCEDURE begin.f() begin atomic select ",
  };

  private static final String[] TOKENS = {
    "'",
    "'",
    "''",
    "\"",
    "$$",
    "$$",
    "$a$",
    "$",
    "\\",
    "\r",
    "\r\n",
    "\n",
    "--",
    "/*",
    "*/",
    "(",
    ")",
    "[",
    "]",
    ";",
    "E'",
    "e'",
    "U&'",
    "N'",
    "B'",
    "x'",
    "1",
    "1a",
    "1.",
    "1E",
    "e",
    "a",
    "u",
    "U",
    "begin",
    "BEGIN",
    "atomic",
    "case",
    "end",
    " END;",
    ":",
    "::",
    ":=",
    ":USER",
    ":'USER'",
    ":\"USER\"",
    ":{?USER}",
    "\n\\! echo RAN\n",
    "\\! echo RAN\n",
    "é",
    "_",
    ".",
    " ",
    " ",
    "&",
    "\f",
    "\u000b",
    "-",
    "/",
    "*",
    "+",
    "|",
    "{",
    "select",
    "$1",
    "\\;",
    "\\:",
    "uescape"
  };

  private static final String AFTER =
      """
      ;
      -- Name: n; Type: t; Schema: s; Owner: o
      COMMENT ON TABLE a.s IS 'x';

      --
      -- PostgreSQL database dump complete
      --
      """;

  @TempDir Path folder;

  @Test
  @Needs({Component.PSQL})
  void psqlReadsWhatDecantReads() throws Exception {
    Random random = new Random(20260323);
    StringBuilder script = new StringBuilder();
    int accepted = 0;
    while (accepted < TEXTS) {
      Optional<String> text = published(text(random), random.nextBoolean());
      if (text.isPresent()) {
        script.append(text.get()).append("SELECT 'text ").append(accepted++).append("';\n");
      }
    }
    String said = psql(Files.writeString(folder.resolve("script.sql"), script));
    assertThat(said).doesNotContain("RAN");
    assertThat(Pattern.compile("^text \\d+$", Pattern.MULTILINE).matcher(said).results())
        .hasSize(TEXTS);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("SET standard_conforming_strings = ");
    text.append(random.nextInt(4) == 0 ? "off;\n" : "on;\n");
    text.append(BEGINNINGS[random.nextInt(BEGINNINGS.length)]);
    for (int i = random.nextInt(20); i >= 0; i--) {
      text.append(TOKENS[random.nextInt(TOKENS.length)]);
    }
    return text.append(AFTER).toString();
  }

  /**
   * The output of decant for the text, if decant accepts it as a dump. A function of a dump may
   * change standard_conforming_strings during the restore, so this changes it too.
   */
  private static Optional<String> published(String dump, boolean turned) {
    StringBuilder text = new StringBuilder();
    try (DumpReader reader = new DumpReader(RowReadTest.stream(dump))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (!(part instanceof DumpPart.Statement statement)
            || statement.kind() == StatementKind.TRANSACTION) {
          return Optional.empty();
        }
        text.append(Fixtures.text(statement.comment()));
        text.append(Fixtures.text(Skeleton.published(statement))).append('\n');
        if (turned && statement.kind() == StatementKind.SETTING) {
          String other = Fixtures.text(statement.text()).contains("off") ? "on" : "off";
          text.append("SET standard_conforming_strings = ").append(other).append(";\n");
        }
      }
    } catch (DecantException e) {
      return Optional.empty();
    }
    return Optional.of(text.toString());
  }

  /** The results of a script. Its many errors are discarded. */
  private String psql(Path script) throws Exception {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V15)) {
      Process psql =
          new ProcessBuilder("psql", "-qXAt", "-f", script.toString(), database.url())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(psql.getInputStream().readAllBytes(), UTF_8);
      psql.waitFor();
      return said;
    }
  }
}
