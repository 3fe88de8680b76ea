package dev.decant.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerUrl;
import dev.decant.setting.Settings;
import dev.decant.setting.SourceEnvironment;
import dev.decant.source.DumpStream;
import dev.decant.source.Source;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.StockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with TLS whose certificate an authority of its own has signed for localhost. */
@Needs({Component.PG_DUMP, Component.OPENSSL})
final class LiveTlsIT {
  /** The pg_dump that {@code .ci/postgres-clients} installs for this version can use TLS. */
  private static final PostgresVersion VERSION = PostgresVersion.V17;

  @TempDir static Path folder;
  private static StockServer server;

  @BeforeAll
  static void start() throws Exception {
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem");
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout other.key -out"
            + " other.pem");
    openssl("req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr");
    Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost\n");
    openssl(
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names"
            + " -out server.pem");
    server = new StockServer(VERSION);
    server.useTls(folder.resolve("server.pem"), folder.resolve("server.key"));
    try (Connection connection = server.admin();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT 7 AS id");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static void openssl(String arguments) throws Exception {
    List<String> command = List.of(("openssl " + arguments).split(" ", -1));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static Source open(String host, Map<String, String> settings) {
    String url = "postgresql://postgres@" + host + ":" + server.port() + "/postgres";
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("HOME", folder.toString());
    Map<String, String> variables =
        SourceEnvironment.of(new Settings(environment), environment, name -> new byte[0], url);
    return LiveSource.open(
        ServerUrl.parse(url, variables),
        new LiveOptions(
            Map.of(),
            Optional.of(LiveDatabase.pgDump(VERSION).program()),
            1,
            false,
            LiveOptions.LOCK_WAIT,
            Optional.empty()));
  }

  private static Map<String, String> bundle(String name) {
    return Map.of("DECANT_SOURCE_SSLROOTCERT", folder.resolve(name).toString());
  }

  @Test
  void serverThatAcceptsOnlyTlsIsRead() throws Exception {
    try (Source source = open("localhost", bundle("ca.pem"));
        DumpStream stream = DumpStream.open(source)) {
      assertThat(new String(stream.text().readAllBytes(), UTF_8))
          .contains("COPY public.t (id) FROM stdin;\n7\n\\.\n");
      stream.finish();
    }
  }

  @Test
  void anotherAuthorityIsRefused() {
    refused("localhost", bundle("other.pem"));
  }

  @Test
  void anotherHostNameIsRefused() {
    refused("127.0.0.1", bundle("ca.pem"));
  }

  @Test
  void certificatesThatAreNotThereAreRefused() {
    refused("localhost", bundle("none.pem"));
  }

  private static void refused(String host, Map<String, String> settings) {
    assertThatThrownBy(() -> open(host, settings).close())
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_FAILED);
              assertThat(e.code().retryable()).isFalse();
            });
  }

  @Test
  void anotherModeOfTheUrlOrTheEnvironmentIsKept() {
    Map<String, String> lenient = new HashMap<>(bundle("ca.pem"));
    lenient.put("PGSSLMODE", "verify-ca");
    open("127.0.0.1", lenient).close();
  }
}
