package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proposals for columns that consist of parts: composite types, documents whose member names
 * are data, and text search vectors. The policy is used as it is.
 */
final class StructuredProposalIT {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private static final String HEAD =
      """
      --
      -- PostgreSQL database dump
      --

      -- Dumped from database version 17.2
      -- Dumped by pg_dump version 17.2

      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);

      CREATE TYPE public.postal AS (street text, city text, zip character varying(10), since date, verified boolean);

      CREATE TYPE public.contact AS (email text, home public.postal);

      CREATE TABLE public.person (
          id bigint NOT NULL,
          full_name text NOT NULL,
          bio text,
          address public.postal,
          contacts public.contact[],
          main public.contact,
          shares jsonb,
          search tsvector
      );

      COPY public.person (id, full_name, bio, address, contacts, main, shares, search) FROM stdin;
      """;

  private static final String TAIL =
      """
      \\.

      ALTER TABLE ONLY public.person
          ADD CONSTRAINT person_pkey PRIMARY KEY (id);

      --
      -- PostgreSQL database dump complete
      --
      """;

  @TempDir Path folder;

  private static String rows() {
    StringBuilder rows = new StringBuilder(HEAD);
    for (int i = 1; i <= 40; i++) {
      rows.append(
          ("%1$d\tAnna Klein\tShe likes trees\t(\"Main Street %1$d\",Berlin,10115,2020-01-02,t)"
               + "\t{\"(a%1$d@shop.de,)\"}\t(b%1$d@shop.de,\"(Street,Berlin,10115,2020-01-01,f)\")"
               + "\t{\"by\": {\"c%1$d@shop.de\": %1$d, \"d%1$d@shop.de\": 2}}\t'anna':1"
               + " 'klein':2\n")
              .formatted(i));
    }
    return rows + TAIL;
  }

  @Test
  void thePartsOfAColumnGetRulesAndTheRunPasses() throws IOException {
    Path dump = Files.writeString(folder.resolve("dump.sql"), rows());
    String policy = folder.resolve("policy.yaml").toString();

    run("init", dump.toString(), "-o", policy);
    String yaml = Files.readString(Path.of(policy));
    assertThat(yaml)
        .contains("address: {mask: composite, fields: {city: city")
        .contains("contacts: {mask: composite, fields: {email: email, home: {mask: composite")
        .contains("keys-of: {'$.by': email}")
        .contains("search: {mask: search-vector, config: simple, from: [full_name, bio]}")
        .doesNotContain("shop.de");

    run("check", dump.toString(), "--policy", policy);
    run(
        "sanitize",
        dump.toString(),
        "--policy",
        policy,
        "--to",
        folder.resolve("store").toString());
  }

  private static void run(String... arguments) {
    CapturedCli cli = new CapturedCli(Map.of("DECANT_KEY", KEY));
    assertThat(cli.run(arguments)).as(cli.err() + cli.out()).isZero();
  }
}
