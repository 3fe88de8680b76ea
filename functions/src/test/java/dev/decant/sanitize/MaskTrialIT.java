package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mask that cannot satisfy a CHECK or a domain is found before the first row. */
final class MaskTrialIT {
  @TempDir Path folder;

  /** A table with one column of this type, whose CHECK is in the statement of the table. */
  private static String dump(String before, String type, String check, String value) {
    return before
        + "CREATE TABLE public.t (\n    id integer NOT NULL,\n    \"C d\" "
        + type
        + (check.isEmpty() ? "" : ",\n    CONSTRAINT c_check CHECK (" + check + ")")
        + "\n);\n\nCOPY public.t (id, \"C d\") FROM stdin;\n1\t"
        + value
        + "\n\\.\n\n";
  }

  private void run(String dump, String mask) {
    new SmallDump(folder)
        .run(
            dump,
            "version: 1\ntables:\n  public.t: { keep: [id], columns: { C d: " + mask + " } }");
  }

  private void assertRefused(String dump, String mask, String constraint, String advice) {
    assertThatThrownBy(() -> run(dump, mask))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_INVALID))
        .hasMessageContaining("policy.yaml:3: table public.t, column \"C d\": ")
        .hasMessageContaining(constraint)
        .hasMessageContaining(advice);
  }

  private static final String SLUG =
      """
      CREATE DOMAIN public.slug AS text
      \tCONSTRAINT slug_check CHECK ((VALUE ~ '^[a-z0-9-]+$'::text));
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "text; \"C d\" ~ '^[A-Z]{2}-[0-9]{4}$'::text; username; AB-1234; scramble",
        "text; \"C d\" ~ '^[0-9]{5}$'::text; email; 12345; scramble",
        "text; \"C d\" = ANY (ARRAY['new'::text, 'old'::text]); scramble; new; pick",
        "text; length(\"C d\") <= 10; email; abc; scramble",
        "integer; (\"C d\" >= 0) AND (\"C d\" <= 150); id; 7; noise",
        "text; lower(\"C d\") = \"C d\"; full-name; max; scramble",
        "public.slug; ''; username; max-m; scramble",
        "public.slug[]; ''; username; {max-m}; scramble",
        "date; \"C d\" < '2000-01-01'::date; { mask: constant, value: '2001-01-01' }; 1999-01-01; ",
        "int4range; ''; { mask: constant, value: x }; [1,2); noise",
      })
  void aMaskThatCannotSatisfyAConstraintIsRefused(
      String type, String check, String mask, String value, String advice) {
    String constraint =
        type.contains("slug") ? "slug_check" : check.isEmpty() ? "int4range" : "c_check";
    String dump = dump(SLUG, type, check, value);
    assertRefused(dump, mask, constraint, advice == null ? "" : advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "text; \"C d\" ~ '^[A-Z]{2}-[0-9]{4}$'::text; scramble; AB-1234",
        "text; \"C d\" ~ '^[^@]+@[^@]+$'::text; email; max@x.de",
        "integer; (\"C d\" >= 0) AND (\"C d\" <= 150); noise; 17",
        "integer; \"C d\" > 0; id; 17",
        "text; \"C d\" ~ '^zz[0-9]+zz$'::text; { mask: scramble, keep-chars: z }; zz12zz",
        "text; \"C d\" = ANY (ARRAY['new'::text, 'old'::text]); { mask: pick, values: [new, old] };"
            + " new",
        "public.slug; ''; scramble; max-m",
        "public.slug; ''; nullify; max-m",
        "text; \"C d\" <> ''::text; full-name; max",
        "date; \"C d\" > '1900-01-01'::date; date-shift; 1980-05-06",
      })
  void aMaskThatSatisfiesTheConstraintPasses(String type, String check, String mask, String value) {
    run(dump(SLUG, type, check, value), mask);
  }

  /** The CHECK sleeps whenever it is evaluated, so the trial must give up. */
  @Test
  void aConstraintThatTakesTooLongIsNotTried() {
    String slow = "length(pg_sleep(60)::text || \"C d\") < 1000";
    String dump = dump("", "text", slow, "x").replace("1\tx\n", "1\t\\N\n");
    String quick =
        dump.replace("pg_sleep(60)", "CASE WHEN \"C d\" IS NULL THEN NULL ELSE pg_sleep(60) END");
    run(quick, "email");
  }
}
