package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows with a masked partition key leave in the partition to which they belong. */
final class MaskedPartitionKeyIT {
  private static final String DUMP =
      """
      CREATE TABLE public.users (id integer NOT NULL, email text NOT NULL, kind text NOT NULL)
      PARTITION BY LIST (kind);
      CREATE TABLE public.users_a (id integer NOT NULL, email text NOT NULL, kind text NOT NULL)
      PARTITION BY HASH (email);
      CREATE TABLE public.users_a_0 (id integer NOT NULL, email text NOT NULL, kind text NOT NULL);
      CREATE TABLE public.users_a_1 (id integer NOT NULL, email text NOT NULL, kind text NOT NULL);
      CREATE TABLE public.users_b (id integer NOT NULL, email text NOT NULL, kind text NOT NULL);
      CREATE TABLE public.other (id integer NOT NULL, email text);
      ALTER TABLE ONLY public.users ATTACH PARTITION public.users_a FOR VALUES IN ('a');
      ALTER TABLE ONLY public.users_a ATTACH PARTITION public.users_a_0
          FOR VALUES WITH (modulus 2, remainder 0);
      ALTER TABLE ONLY public.users_a ATTACH PARTITION public.users_a_1
          FOR VALUES WITH (modulus 2, remainder 1);
      ALTER TABLE ONLY public.users ATTACH PARTITION public.users_b FOR VALUES IN ('b');
      COPY public.other (id, email) FROM stdin;
      1\tmax@example.com
      \\.

      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        public.users: { keep: [id, kind], columns: { email: email } }
        public.other: { keep: [id], columns: { email: email } }
      """;

  @TempDir Path folder;
  private SmallDump dump = new SmallDump(Path.of(""));

  @BeforeEach
  void inItsFolder() {
    dump = new SmallDump(folder);
  }

  private static String rows(String table, String kind, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(id -> id + "\tmax" + id + "@example.com\t" + kind + "\n")
        .collect(
            Collectors.joining(
                "", "COPY public." + table + " (id, email, kind) FROM stdin;\n", "\\.\n\n"));
  }

  @ParameterizedTest
  @EnumSource(
      value = PostgresVersion.class,
      names = {"V14", "V18"})
  void rowsMoveToTheirPartition(PostgresVersion version) throws Exception {
    // All raw rows are in one partition, as far as decant knows.
    String rows = rows("users_a_0", "a", 0, 300) + rows("users_a_1", "a", 0, 0);
    dump.run(DUMP + rows + rows("users_b", "b", 300, 310), POLICY);
    assertThat(dump.rows("public.users_a_0")).hasSizeBetween(100, 200);
    assertThat(dump.rows("public.users_a_1")).hasSizeBetween(100, 200);
    assertThat(dump.rows("public.users_b")).hasSize(10);
    assertThat(dump.text()).doesNotContain("@example.com");
    Restore.intoPlainDatabase(
        version, dump.text(), "SELECT count(DISTINCT id) FROM public.users", 310);
    Manifest manifest = dump.manifest();
    assertThat(manifest.tables().stream().mapToLong(Manifest.Table::rowsOut).sum()).isEqualTo(311);
  }

  @Test
  void twoRunsWriteTheSameBytes() {
    String rows = rows("users_a_0", "a", 0, 50) + rows("users_a_1", "a", 50, 90);
    dump.run(DUMP + rows, POLICY);
    String first = dump.text();
    SmallDump second = new SmallDump(folder);
    second.run(DUMP + rows, POLICY);
    assertThat(second.text()).isEqualTo(first);
  }

  @Test
  void aPartitionWithoutRowsInTheDumpIsAnErrorIfItGetsSome() {
    assertThatThrownBy(() -> dump.run(DUMP + rows("users_a_0", "a", 0, 20), POLICY))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROWS_DIFFER))
        .hasMessageContaining("public.users_a_1");
    assertThat(dump.store.list("")).isEmpty();
  }

  @Test
  void aRowThatFitsNoPartitionEndsTheRun() {
    String yaml =
        POLICY.replace("keep: [id, kind], columns: { ", "keep: [id], columns: { kind: scramble, ");
    assertThatThrownBy(() -> dump.run(DUMP + rows("users_b", "b", 0, 3), yaml))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("through public.users, whose partition key is masked");
    assertThat(dump.store.list("")).isEmpty();
  }
}
