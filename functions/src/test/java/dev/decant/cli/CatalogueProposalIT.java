package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proposal for catalogues whose words stand in several columns and in a CHECK. The policy is
 * used as it is, and the leak trace does not take the words for leaks.
 */
final class CatalogueProposalIT {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @TempDir Path folder;

  /** Each region has eight countries, so that it is neither a state nor rare. */
  @Test
  void fewValuesThatManyRowsShareAreNotTraced() throws IOException {
    String rows =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    i % 25 == 0
                        ? "%d\tNorth America\tNorth America".formatted(i)
                        : "%d\tEurope\tthe %d. region of the list".formatted(i, i % 25))
            .collect(Collectors.joining("\n"));
    String policy =
        proposalThatPasses(
            """
            CREATE TABLE public.country (
              id integer PRIMARY KEY,
              continent text CHECK (continent IN ('Europe', 'North America')),
              region text
            );
            CREATE TABLE public.member (id integer PRIMARY KEY, email text);
            COPY public.country (id, continent, region) FROM stdin;
            %s
            \\.
            COPY public.member (id, email) FROM stdin;
            1\tada@corp.example
            \\.
            """
                .formatted(rows));

    assertThat(policy)
        .contains("region: {mask: scramble, trace: false} # REVIEW: text; ")
        .contains("; not traced, since its few values are shared by many rows")
        .contains("email: email #");
  }

  @Test
  void doubtfulColumnsInWhichNobodyIsSeenAreNotTraced() throws IOException {
    String rows =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    i == 0
                        ? "%d\tCapital federal\tFederal Capital Territory".formatted(i)
                        : "%d\tthe %d. part of the list\tProvince".formatted(i, i))
            .collect(Collectors.joining("\n"));
    String policy =
        proposalThatPasses(
            """
            CREATE TABLE public.subcountry (
              id integer PRIMARY KEY,
              subdivision text,
              subcountry_level text
            );
            COPY public.subcountry (id, subdivision, subcountry_level) FROM stdin;
            %s
            \\.
            """
                .formatted(rows));

    assertThat(policy)
        .contains("subdivision: {mask: scramble, trace: false} # REVIEW: text; ")
        .contains("; not traced, since no sampled value shows personal data");
  }

  private String proposalThatPasses(String dump) throws IOException {
    String file = Files.writeString(folder.resolve("dump.sql"), dump).toString();
    Path policy = folder.resolve("policy.yaml");
    String store = folder.resolve("store").toString();
    run(List.of("init", file, "-o", policy.toString()));
    run(List.of("check", file, "--policy", policy.toString()));
    run(List.of("sanitize", file, "--policy", policy.toString(), "--to", store));
    return Files.readString(policy);
  }

  private static void run(List<String> arguments) {
    CapturedCli cli = new CapturedCli(Map.of("DECANT_KEY", KEY));
    assertThat(cli.run(arguments.toArray(String[]::new))).as(cli.err() + cli.out()).isZero();
  }
}
