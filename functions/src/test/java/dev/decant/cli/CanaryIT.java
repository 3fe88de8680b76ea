package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.policy.MaskCatalog;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.sanitize.PolicyReader;
import dev.decant.sanitize.Sanitization;
import dev.decant.testing.StockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No value of a row is in anything that a failing command writes: its streams, its logs, its
 * exceptions, its files, the store, and the log of the server that rejected the row.
 */
final class CanaryIT {
  private static StockServer server;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    server = new StockServer();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static Stream<CanaryFault> faults() {
    return CanaryFaults.all();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultShowsNoRow(CanaryFault fault) throws IOException {
    Path dump = Files.write(folder.resolve("dump.sql"), fault.file());
    Path policy = Files.writeString(folder.resolve("policy.yaml"), "version: 1\n" + fault.policy());
    try (CanaryEvidence evidence = new CanaryEvidence()) {
      CapturedCli cli = new CapturedCli(Map.of("DECANT_KEY", "A".repeat(43) + "="));
      cli.add(
          "sanitize",
          new SanitizeCommand(
              cli.console(),
              (file, parameters) ->
                  new PolicyReader(new PolicyParser(MaskCatalog.standard()), folder)
                      .read(file, parameters),
              evidence.watching(Sanitization::run)));
      int exitCode =
          cli.run(
              "sanitize",
              dump.toString(),
              "--policy",
              policy.toString(),
              "--json",
              "--debug",
              "--to",
              folder.resolve("store").toString(),
              "--work",
              Files.createDirectories(folder.resolve("work")).toString(),
              "--scratch",
              "postgresql://postgres@127.0.0.1:" + server.port() + "/postgres");
      evidence.add("stdout", cli.out());
      evidence.add("stderr", cli.err());
      evidence.addFiles("store", folder.resolve("store"));
      evidence.addFiles("work", folder.resolve("work"));
      evidence.add("server log", Files.readString(server.socketFolder().resolve("log")));
      evidence.assertNoCanary();
      assertThat(exitCode).as(cli.err()).isEqualTo(fault.exitCode());
      assertThat(cli.err()).contains(fault.says());
    }
  }
}
