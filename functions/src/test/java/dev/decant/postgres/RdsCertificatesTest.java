package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RdsCertificatesTest {
  private static final String HOST = "decant-scratch-1.abc.eu-central-1.rds.amazonaws.com";

  @Test
  void everyCertificateIsValidRootOfRds() throws Exception {
    Path file = Path.of(rootOf("postgresql://u@" + HOST + "/app?sslmode=verify-full"));
    int count = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        X509Certificate root = (X509Certificate) each;
        assertThat(root.getSubjectX500Principal()).isEqualTo(root.getIssuerX500Principal());
        assertThat(root.getSubjectX500Principal().getName()).contains("Amazon RDS ", " Root CA ");
        assertThat(root.getBasicConstraints()).isNotNegative();
        root.verify(root.getPublicKey());
        root.checkValidity(Date.from(Instant.now().plus(Duration.ofDays(3650))));
        count++;
      }
    }
    assertThat(count).isEqualTo(81);
  }

  @ParameterizedTest
  @CsvSource({
    "rds.amazonaws.com.example.com, verify-full",
    "db.internal, verify-full",
    "localhost, verify-ca",
    HOST + ", require",
    HOST + ", ''"
  })
  void otherConnectionsDoNotGetThem(String host, String mode) {
    String query = mode.isEmpty() ? "" : "?sslmode=" + mode;
    assertThat(ServerUrl.parse("postgresql://u@" + host + "/app" + query, Map.of()).properties())
        .doesNotContainKey("sslrootcert");
  }

  @Test
  void namedFileTakesPrecedence() {
    assertThat(rootOf("postgresql://u@" + HOST + "/a?sslmode=verify-ca&sslrootcert=/my.pem"))
        .isEqualTo("/my.pem");
    assertThat(
            ServerUrl.parse(
                    "postgresql://u@" + HOST + "/a?sslmode=verify-ca",
                    Map.of("PGSSLROOTCERT", "/theirs.pem"))
                .properties())
        .containsEntry("sslrootcert", "/theirs.pem");
  }

  @Test
  void fileThatWasDeletedIsWrittenAgain() throws IOException {
    String url = "postgresql://u@" + HOST + "/app?sslmode=verify-full";
    Files.delete(Path.of(rootOf(url)));
    assertThat(Path.of(rootOf(url))).isNotEmptyFile();
  }

  private static String rootOf(String url) {
    return ServerUrl.parse(url, Map.of()).properties().getOrDefault("sslrootcert", "");
  }
}
