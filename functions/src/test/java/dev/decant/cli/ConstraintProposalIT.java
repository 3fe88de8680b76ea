package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The proposal for a schema in which nearly every personal column has a CHECK, a domain or a key
 * that many masks do not satisfy. The policy is used as it is.
 */
final class ConstraintProposalIT {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @TempDir Path folder;
  private Path dump = Path.of("");

  @BeforeEach
  void copyDump() throws IOException {
    dump = folder.resolve("constraints.sql");
    try (InputStream in = getClass().getResourceAsStream("/policy/constraints.sql")) {
      assertThat(in).isNotNull();
      Files.copy(in, dump);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--no-sample"})
  void aProposalNeverFailsItsOwnRun(String option) throws IOException {
    String policy = folder.resolve("policy.yaml").toString();

    run(
        Stream.of("init", dump.toString(), "-o", policy, option)
            .filter(argument -> !argument.isEmpty())
            .toList());
    run(List.of("check", dump.toString(), "--policy", policy));
    run(
        List.of(
            "sanitize",
            dump.toString(),
            "--policy",
            policy,
            "--to",
            folder.resolve("store").toString()));

    assertThat(Files.readString(Path.of(policy)))
        .doesNotContain("no mask was found", "may refuse masked values", "Klein");
  }

  private void run(List<String> arguments) {
    CapturedCli cli = new CapturedCli(Map.of("DECANT_KEY", KEY));
    assertThat(cli.run(arguments.toArray(String[]::new))).as(cli.err() + cli.out()).isZero();
  }

  /** The session of a live database may only read, and it gives the same rules. */
  @Test
  void aLiveDatabaseGivesTheSameRules() throws IOException, SQLException {
    String ddl = Files.readString(dump).replaceAll("(?s)COPY public.*?\n\\\\\\.\n", "");
    CapturedCli ofFile = new CapturedCli();
    CapturedCli ofDatabase = new CapturedCli();
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V18)) {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute(ddl);
      }
      assertThat(ofDatabase.run("init", database.url(), "--no-sample"))
          .as(ofDatabase.err())
          .isZero();
    }
    assertThat(ofFile.run("init", dump.toString(), "--no-sample")).as(ofFile.err()).isZero();

    assertThat(rules(ofDatabase.out())).isEqualTo(rules(ofFile.out()));
  }

  private static List<String> rules(String policy) {
    return policy.lines().map(line -> line.replaceFirst(" #.*", "").strip()).toList();
  }

  @Test
  void theMasksFitTheChecks() throws IOException {
    String policy = folder.resolve("policy.yaml").toString();
    run(List.of("init", dump.toString(), "-o", policy));
    assertThat(rules(Files.readString(Path.of(policy))))
        .contains(
            "staff_email: {mask: email, domain: example.net, prefix: staff-}",
            "iban: {mask: scramble, keep-first: 2}",
            "phone: {mask: phone, keep-prefix: 3}",
            "customer_number: {mask: pattern, value: C-99999999}",
            "date_of_birth: {mask: date-truncate, to: year}",
            // Without a key, one of the dates decides the shift of both.
            "deceased_on: {mask: date-shift, by: birth_date}",
            "last_ip: {mask: ip, prefix: 8}",
            "email_lower: {mask: email, domain: corp.example.com}",
            "work_email: {mask: email, domain: corp.example.com}",
            "age: {mask: round, to: 10}")
        .anyMatch(line -> line.startsWith("salary_min: {mask: constant"));
  }
}
