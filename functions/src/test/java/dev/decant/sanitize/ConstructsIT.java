package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.frame.StoredFrames;
import dev.decant.load.LoadRequest;
import dev.decant.load.SnapshotLoad;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Progress;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One small dump for each construct. All columns are kept, so the rows of the snapshot must be
 * those of the dump, byte for byte, and a plain role must be able to load it. The lines that begin
 * with {@code --#} name the policy of each table, the objects that cannot be verified, and what a
 * load needs beside the snapshot.
 */
final class ConstructsIT {
  private static final Path FOLDER = Path.of("src/test/resources/dump/constructs");
  private static final Pattern ROWS =
      Pattern.compile("^COPY .*?^\\\\\\.$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir Path work;

  static List<String> constructs() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(f -> f.getFileName().toString().replace(".sql", "")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("constructs")
  void isPublishedAsItIs(String construct) throws Exception {
    String body = Files.readString(FOLDER.resolve(construct + ".sql"));
    SmallDump dump = new SmallDump(work);
    String policy = "version: 1\ntables:\n" + String.join("", marked(body, "policy"));
    String statements =
        "SET check_function_bodies = false;\n" + body.replaceAll("(?m)^--#.*\n", "");
    if (body.contains("--# embedded\n")) {
      dump.runWithoutRows(statements, policy);
    } else {
      Restore.withServer(PostgresVersion.V18, url -> dump.runWithoutRows(statements, policy, url));
    }
    Manifest manifest = dump.manifest();
    List<String> expected = marked(body, "not-verified");
    assertThat(manifest.notVerified())
        .extracting(n -> n.object() + ": " + n.reason())
        .as("not verified")
        .hasSize(expected.size());
    for (String object : expected) {
      assertThat(manifest.notVerified()).anyMatch(n -> n.object().contains(object.strip()));
    }
    ROWS.matcher(body).results().forEach(rows -> assertThat(dump.text()).contains(rows.group()));
    if (body.contains("\n--# needs ")) {
      return;
    }
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V18)) {
      StoredFrames frames = new StoredFrames(dump.store, Shop.NAME.key(SnapshotName.DUMP));
      SnapshotLoad.run(
          LoadRequest.all(manifest, frames, database.asDatabase(), 2, Progress.NONE, () -> {}));
    }
  }

  /** This is the maximum of PostgreSQL. */
  @Test
  void aTableMayHave1600Columns() throws Exception {
    List<String> columns = IntStream.range(0, 1600).mapToObj(i -> "c" + i).toList();
    String rows =
        "COPY public.wide (%s) FROM stdin;\n%s\n\\.\n"
            .formatted(String.join(", ", columns), String.join("\t", columns));
    String body =
        "CREATE TABLE public.wide (%s boolean);\n".formatted(String.join(" boolean, ", columns))
            + rows.replaceAll("c\\d+(?=[\t\n])", "t");
    String policy = "version: 1\ntables: { public.wide: { keep: " + columns + " } }\n";
    SmallDump dump = new SmallDump(work);
    Restore.withServer(PostgresVersion.V18, url -> dump.run(body, policy, url));

    assertThat(dump.rows("public.wide")).containsExactly("t\t".repeat(1599) + "t");
  }

  private static List<String> marked(String body, String mark) {
    return body.lines()
        .filter(line -> line.startsWith("--# " + mark + " "))
        .map(line -> "  " + line.substring(mark.length() + 5) + "\n")
        .toList();
  }
}
