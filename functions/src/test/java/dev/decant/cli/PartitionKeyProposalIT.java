package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proposal for personal partition keys. A key is masked where every masked row has a partition,
 * and the policy is used as it is.
 */
final class PartitionKeyProposalIT {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private static final String DUMP =
      """
      CREATE TABLE public.hashed (id bigint NOT NULL, mail_addr text NOT NULL)
      PARTITION BY HASH (mail_addr);
      CREATE TABLE public.hashed_0 (id bigint NOT NULL, mail_addr text NOT NULL);
      CREATE TABLE public.hashed_1 (id bigint NOT NULL, mail_addr text NOT NULL);
      CREATE TABLE public.ranged (id bigint NOT NULL, birth_date date) PARTITION BY RANGE (birth_date);
      CREATE TABLE public.ranged_old (id bigint NOT NULL, birth_date date);
      CREATE TABLE public.ranged_rest (id bigint NOT NULL, birth_date date);
      CREATE TABLE public.gap (id bigint NOT NULL, mail_addr text) PARTITION BY LIST (mail_addr);
      CREATE TABLE public.gap_1 (id bigint NOT NULL, mail_addr text);
      ALTER TABLE ONLY public.hashed ATTACH PARTITION public.hashed_0
        FOR VALUES WITH (modulus 2, remainder 0);
      ALTER TABLE ONLY public.hashed ATTACH PARTITION public.hashed_1
        FOR VALUES WITH (modulus 2, remainder 1);
      ALTER TABLE ONLY public.ranged ATTACH PARTITION public.ranged_old
        FOR VALUES FROM ('1900-01-01') TO ('1970-01-01');
      ALTER TABLE ONLY public.ranged ATTACH PARTITION public.ranged_rest DEFAULT;
      ALTER TABLE ONLY public.gap ATTACH PARTITION public.gap_1 FOR VALUES IN ('dora@corp.example');
      COPY public.hashed_0 (id, mail_addr) FROM stdin;
      1\tada@corp.example
      2\tbob@corp.example
      3\tcai@corp.example
      \\.
      COPY public.hashed_1 (id, mail_addr) FROM stdin;
      \\.
      COPY public.ranged_rest (id, birth_date) FROM stdin;
      \\.
      COPY public.gap_1 (id, mail_addr) FROM stdin;
      1\tdora@corp.example
      \\.
      COPY public.ranged_old (id, birth_date) FROM stdin;
      1\t1969-12-31
      2\t1950-01-05
      \\.
      """;

  @TempDir Path folder;

  @Test
  void aPersonalKeyIsMaskedWhereEveryRowHasAPartition() throws IOException {
    Path dump = Files.writeString(folder.resolve("dump.sql"), DUMP);
    String policy = folder.resolve("policy.yaml").toString();
    run("init", dump.toString(), "-o", policy);
    run("check", dump.toString(), "--policy", policy);
    String store = folder.resolve("store").toString();
    run("sanitize", dump.toString(), "--policy", policy, "--to", store);

    assertThat(Files.readString(Path.of(policy)))
        .contains("mail_addr: email #", "birth_date: date-shift")
        .contains("mail_addr: keep # REVIEW: text; a masked partition key moves rows");
  }

  private void run(String... arguments) {
    CapturedCli cli = new CapturedCli(Map.of("DECANT_KEY", KEY));
    assertThat(cli.run(arguments)).as(cli.err() + cli.out()).isZero();
  }
}
