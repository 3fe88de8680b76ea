package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.pack.Packs;
import dev.decant.policy.Policy;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PlainRestore;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sanitizes a dump of the application of each pack with the policy that decant proposes.
 *
 * <p>The dumps are {@code /pack/NAME.sql}. Each raw value that must not leave contains the word
 * canary. The column {@code surprise} is one that the pack does not know.
 */
final class PackIT {
  private static final String PROPOSED = "review each line that is marked REVIEW:\n";
  private static final Pattern BLANKED =
      Pattern.compile("(?m)^      (\\S+): (?:nullify|empty)( # .*; [a-z-]+: .*)$");
  private static final Pattern TRUNCATED = Pattern.compile("(?m)^  (\\S+): truncate # .*$");

  private static final Pattern ASSERTION = Pattern.compile("(?m)^ *- name: (.*)$");

  @TempDir Path folder;

  static List<String> packs() {
    return Packs.names();
  }

  /** The packs that change something. The others only keep the settings of an extension. */
  static List<String> neutralizing() {
    return packs().stream()
        .filter(pack -> !Set.of("pg-partman", "postgis").contains(pack))
        .toList();
  }

  private static String dump(String pack) {
    try (InputStream in =
        Objects.requireNonNull(PackIT.class.getResourceAsStream("/pack/" + pack + ".sql"), pack)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DecantException refused(SmallDump dumps, String dump, String policy) {
    DecantException thrown =
        catchThrowableOfType(DecantException.class, () -> dumps.run(dump, policy));
    assertThat(thrown).isNotNull();
    return thrown;
  }

  private String proposal(SmallDump dumps, String dump) {
    String message = String.valueOf(refused(dumps, dump, "version: 1\ntables: {}\n").getMessage());
    assertThat(message).contains(PROPOSED);
    return message.substring(message.indexOf(PROPOSED) + PROPOSED.length());
  }

  @ParameterizedTest
  @MethodSource("packs")
  void theProposalSanitizesAndNothingRawIsLeft(String pack) {
    SmallDump dumps = new SmallDump(folder);
    String dump = dump(pack);
    String policy = proposal(dumps, dump);

    assertThat(policy).containsPattern("(?m)^packs:\n(- .*\n)*- " + pack + "$");
    assertThat(policy.lines().filter(line -> line.contains("REVIEW:")))
        .as("only what the pack does not know needs a review")
        .allMatch(line -> line.contains("surprise"));
    if (dump.contains("surprise")) {
      assertThat(policy).containsPattern("(?m)surprise: .*# REVIEW");
    }
    assertThat(dumps.run(dump, policy)).isInstanceOf(SanitizeResult.Published.class);
    assertThat(dumps.text().toLowerCase(Locale.ROOT)).doesNotContain("canary");
  }

  /** An assertion whose query gives no row for the raw rows of a dump would prove nothing. */
  @ParameterizedTest
  @MethodSource("packs")
  void eachConditionOfEachAssertionHoldsForARawRow(String pack) throws Exception {
    String dump = dump(pack);
    List<Policy.Assertion> assertions =
        SmallDump.policy(proposal(new SmallDump(folder), dump)).afterLoad().assertions();
    assertThat(assertions)
        .extracting(Policy.Assertion::name)
        .containsAll(written(pack).map(name -> pack + ": " + name).toList());
    List<String> withoutRows = new ArrayList<>();
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17);
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      PlainRestore.raw(connection, dump);
      for (Policy.Assertion assertion : assertions) {
        for (String condition : conditions(assertion.sql())) {
          try (ResultSet rows = statement.executeQuery(condition)) {
            if (!rows.next()) {
              withoutRows.add(assertion.name() + ": " + condition);
            }
          }
        }
      }
    }
    assertThat(withoutRows).isEmpty();
  }

  /** The names of the assertions in the file of a pack. */
  private static Stream<String> written(String pack) throws IOException {
    String file = Files.readString(Path.of("src/main/resources/dev/decant/pack", pack + ".yaml"));
    int begin = file.indexOf("\nassertions:\n");
    return begin < 0
        ? Stream.empty()
        : ASSERTION.matcher(file.substring(begin)).results().map(match -> match.group(1));
  }

  /** The query once for each condition that its WHERE combines by OR. */
  private static List<String> conditions(String sql) {
    int where = sql.indexOf(" WHERE ") + " WHERE ".length();
    String[] parts = sql.substring(where).replaceFirst(" LIMIT 1$", "").split(" OR ");
    return parts.length == 1
        ? List.of(sql)
        : Arrays.stream(parts).map(part -> sql.substring(0, where) + part).toList();
  }

  /** An assertion checks each statement of the pack and each column that is emptied. */
  @ParameterizedTest
  @MethodSource("neutralizing")
  void anAssertionFailsWithoutWhatThePackNeutralizes(String pack) {
    SmallDump dumps = new SmallDump(folder);
    String dump = dump(pack);
    String policy = proposal(dumps, dump);
    String undone = undone(policy, dump);
    assertThat(undone).isNotEqualTo(policy);

    DecantException thrown = refused(dumps, dump, undone);
    assertThat(thrown.code()).isEqualTo(ErrorCode.ASSERTION_FAILED);
    assertThat(thrown).hasMessageContaining(pack + ": ");
    assertThat(String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT))
        .doesNotContain("canary");
  }

  /**
   * Returns the policy without the sql steps, or with one blank column kept, or with the rows of
   * one table.
   */
  private static String undone(String policy, String dump) {
    if (policy.contains("\nsql:\n")) {
      return policy.replaceFirst("(?m)^sql:\n(- .*\n)+", "");
    }
    Matcher blanked = BLANKED.matcher(policy);
    if (blanked.find()) {
      return blanked.replaceFirst("      $1: keep$2");
    }
    if (policy.contains(", mask: empty}")) {
      return policy.replace(", mask: empty}", ", mask: keep}");
    }
    Matcher truncated = TRUNCATED.matcher(policy);
    assertThat(truncated.find()).as("the pack neutralizes something").isTrue();
    String copy = "COPY " + truncated.group(1) + " (";
    String columns = dump.substring(dump.indexOf(copy) + copy.length());
    return truncated.replaceFirst(
        "  $1: { keep: [" + columns.substring(0, columns.indexOf(')')) + "] }");
  }
}
