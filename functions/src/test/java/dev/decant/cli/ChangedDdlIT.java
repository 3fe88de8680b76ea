package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules that init proposes for DDL, and the list of what they changed in a snapshot. */
final class ChangedDdlIT {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private static final String DUMP =
      """
      --
      -- PostgreSQL database dump
      --

      -- Dumped from database version 17.2
      -- Dumped by pg_dump version 17.2

      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);

      CREATE FUNCTION public.send() RETURNS trigger
          LANGUAGE plpgsql
          AS $$ begin return new; end $$;

      CREATE TABLE public.event (
          id bigint NOT NULL,
          owner text DEFAULT 'ops@acme.io'::text
      );

      COPY public.event (id, owner) FROM stdin;
      1\t\\N
      \\.

      ALTER TABLE ONLY public.event
          ADD CONSTRAINT event_pkey PRIMARY KEY (id);

      CREATE TRIGGER hook AFTER INSERT ON public.event FOR EACH ROW EXECUTE FUNCTION public.send('Authorization: Bearer 9f8e7d6c5b4a39281706');

      --
      -- PostgreSQL database dump complete
      --
      """;

  @TempDir Path folder;

  @Test
  void theManifestListsWhatTheProposedRulesChanged() throws IOException {
    Path dump = Files.writeString(folder.resolve("dump.sql"), DUMP);
    String policy = folder.resolve("policy.yaml").toString();
    Path store = folder.resolve("store");

    run("init", dump.toString(), "-o", policy);
    run("sanitize", dump.toString(), "--policy", policy, "--to", store.toString());

    assertThat(Files.readString(Path.of(policy))).doesNotContain("acme.io", "9f8e7d");
    JsonNode changed = manifest(store).get("ddl");
    assertThat(changed)
        .map(JsonNode::toString)
        .containsExactly(
            "{\"object\":\"TRIGGER hook ON public.event\",\"change\":\"dropped\"}",
            "{\"object\":\"public.event\",\"change\":\"replaced\"}");
  }

  private static JsonNode manifest(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      Path file =
          files.filter(f -> f.toString().endsWith(".manifest.json")).findFirst().orElseThrow();
      return JsonMapper.builder().build().readTree(file.toFile());
    }
  }

  private static void run(String... arguments) {
    CapturedCli cli = new CapturedCli(Map.of("DECANT_KEY", KEY));
    assertThat(cli.run(arguments)).as(cli.err() + cli.out()).isZero();
  }
}
