package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proposal for random schemas with many constraints, which is used as it is. */
final class RandomSchemaProposalIT {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 8, 11, 12})
  void aProposalPassesItsOwnCheckAndRun(long seed) throws IOException {
    String dump = Files.writeString(folder.resolve("d.sql"), RandomSchema.dump(seed)).toString();
    Path policy = folder.resolve("policy.yaml");

    run("init", dump, "-o", policy.toString());
    run("check", dump, "--policy", policy.toString());
    String store = folder.resolve("store").toString();
    run("sanitize", dump, "--policy", policy.toString(), "--to", store);

    assertThat(kept(policy)).isNotEmpty().allMatch(line -> line.matches("- \\S+ # .+; .{5,}"));
  }

  /** The lines of columns that are kept, and their comments. */
  private static List<String> kept(Path policy) throws IOException {
    return Files.readAllLines(policy).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("- ") || line.matches("\\S+: keep\\b.*"))
        .map(line -> line.replaceFirst("^(\\S+): keep", "- $1"))
        .toList();
  }

  private static void run(String... arguments) {
    CapturedCli cli = new CapturedCli(Map.of("DECANT_KEY", KEY));
    assertThat(cli.run(arguments)).as(cli.err() + cli.out()).isZero();
  }
}
