package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proposal for personal numbers in unique columns that hold whole numerics, as databases that
 * came from Oracle have them.
 */
final class UniqueNumberProposalIT {
  private static final String DUMP =
      """
      CREATE TABLE public.person (
        id bigint NOT NULL PRIMARY KEY,
        tax_number numeric(11,0) NOT NULL UNIQUE,
        mobile_phone numeric(12) NOT NULL UNIQUE,
        passport_number numeric(9) NOT NULL UNIQUE CHECK (passport_number >= 100000000),
        salary numeric(10,2) NOT NULL UNIQUE,
        birth_date date NOT NULL UNIQUE
      );
      COPY public.person FROM stdin;
      1\t12345678901\t491701234567\t234567890\t1234.50\t1980-01-02
      2\t12345678902\t491701234568\t234567891\t2345.50\t1981-01-02
      3\t99999999999\t491701234569\t999999999\t3456.50\t1982-01-02
      \\.
      """;

  @TempDir Path folder;

  @Test
  void wholeNumericsGetOtherDigits() throws IOException {
    String dump = Files.writeString(folder.resolve("dump.sql"), DUMP).toString();
    String policy = folder.resolve("policy.yaml").toString();
    run("init", dump, "-o", policy);
    run("check", dump, "--policy", policy);
    run("sanitize", dump, "--policy", policy, "--to", folder.resolve("store").toString());

    // No mask of numbers with a fraction, and none of dates, keeps all values different.
    assertThat(Files.readString(Path.of(policy)))
        .contains("tax_number: phone #", "mobile_phone: phone #", "passport_number: phone #")
        .contains("salary: keep # REVIEW", "birth_date: keep # REVIEW");
  }

  private static void run(String... arguments) {
    CapturedCli cli =
        new CapturedCli(Map.of("DECANT_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));
    assertThat(cli.run(arguments)).as(cli.err() + cli.out()).isZero();
  }
}
