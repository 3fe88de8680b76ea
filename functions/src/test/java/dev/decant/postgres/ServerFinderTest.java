package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The places that name a server, and their precedence. */
final class ServerFinderTest {
  private static final Path NOWHERE = Path.of("/nonexistent");
  private static final String URL = "postgresql://ann@db.example:6432/app";

  private static FoundServer find(String option, Map<String, String> environment) {
    return new ServerFinder(environment, NOWHERE, List.of("/nonexistent"))
        .find(option.isEmpty() ? null : option);
  }

  @Test
  void anOptionCountsBeforeTheEnvironment() {
    FoundServer found =
        find("postgresql://me@here/", Map.of("DATABASE_URL", URL, "PGHOST", "elsewhere"));
    assertThat(found.address().host()).isEqualTo("here");
    assertThat(found.named()).isEqualTo("--server");
  }

  @Test
  void theUrlOfTheApplicationCountsBeforeLibpqsVariables() {
    FoundServer found = find("", Map.of("DATABASE_URL", URL, "PGHOST", "elsewhere"));
    assertThat(found.address().host()).isEqualTo("db.example");
    assertThat(found.address().port()).isEqualTo(6432);
    assertThat(found.named()).isEqualTo("DATABASE_URL");
  }

  @Test
  void whatOrmsWriteIntoUrlsIsPassedOver() {
    FoundServer found =
        find("", Map.of("DATABASE_URL", URL + "?schema=public&sslmode=require&pool=5"));
    assertThat(found.address().properties()).isEqualTo(Map.of("sslmode", "require"));
    assertThat(found.url("new")).isEqualTo("postgresql://ann@db.example:6432/new?sslmode=require");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mysql://a:s3cret@c/d", "sqlite:///s3cret", "s3cret", "jdbc:postgresql:d"})
  void aUrlOfAnotherKindOfDatabaseIsAnError(String url) {
    assertThatThrownBy(() -> find("", Map.of("DATABASE_URL", url, "PGHOST", "here")))
        .isInstanceOf(DecantException.class)
        .hasMessageContainingAll("DATABASE_URL is not the URL of a PostgreSQL server", "--server")
        .hasMessageNotContaining("s3cret");
    assertThat(find(URL, Map.of("DATABASE_URL", url)).named()).isEqualTo("--server");
    assertThat(find("", Map.of("DATABASE_URL", " ", "PGHOST", "h")).named()).isEqualTo("PGHOST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql+asyncpg", "postgres+psycopg2", "postgis", "postgres"})
  void theSchemesOfFrameworksAreRead(String scheme) {
    FoundServer found = find("", Map.of("DATABASE_URL", scheme + "://ann@db.example:6432/app"));
    assertThat(found.address().place()).isEqualTo("db.example:6432");
  }

  @Test
  void libpqsVariablesMakeAnAddress() {
    Map<String, String> variables = new HashMap<>();
    variables.put("PGHOST", "h");
    variables.put("PGPORT", "7");
    variables.put("PGUSER", "u ser");
    variables.put("PGDATABASE", "d");
    variables.put("PGPASSWORD", "secret");
    variables.put("PGSSLMODE", "verify-full");
    FoundServer found = find("", variables);

    assertThat(found.address())
        .isEqualTo(
            new ServerAddress("h", 7, "u ser", "secret", "d", Map.of("sslmode", "verify-full")));
    assertThat(found.password()).hasValue("PGPASSWORD");
    assertThat(found.url("new")).isEqualTo("postgresql://u%20ser@h:7/new?sslmode=verify-full");
  }

  @Test
  void withoutAnythingItIsThisMachine() {
    FoundServer found = find("", Map.of());
    assertThat(found.address().host()).isEqualTo("localhost");
    assertThat(found.address().port()).isEqualTo(5432);
    assertThat(found.named()).isEqualTo("default");
    assertThat(found.password()).isEmpty();
  }

  @Test
  void noUrlShowsAPassword() {
    FoundServer found = find("postgresql://ann:secret@db/", Map.of());
    assertThat(found.url("new")).isEqualTo("postgresql://ann@db:5432/new");
    assertThat(found.password()).hasValue("the URL of --server");
    assertThat(found).asString().doesNotContain("secret");
  }

  @Test
  void aPortThatIsNoneIsTold() {
    assertThatThrownBy(() -> find("", Map.of("PGPORT", "5432x")))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("5432x");
  }

  @Test
  void variablesLeadToTheServerAsItWasFound() {
    FoundServer found = find("postgresql://ann:secret@[::1]:6432/?sslmode=verify-full", Map.of());

    assertThat(found.variables("new"))
        .containsEntry("PGHOST", "::1")
        .containsEntry("PGDATABASE", "new")
        .containsEntry("PGPASSWORD", "secret")
        .containsEntry("PGSSLMODE", "verify-full")
        .containsEntry("DATABASE_URL", "postgresql://ann@[::1]:6432/new?sslmode=verify-full");
  }

  @Test
  void whatTheUrlLacksComesFromLibpqsVariables() {
    FoundServer found =
        find(
            "",
            Map.of(
                "DATABASE_URL", "postgresql://my_host",
                "PGPORT", "7",
                "PGUSER", "u",
                "PGSSLMODE", "require"));

    assertThat(found.address())
        .isEqualTo(new ServerAddress("my_host", 7, "u", "", "u", Map.of("sslmode", "require")));
    assertThat(found.named()).isEqualTo("DATABASE_URL");
  }

  @Test
  void theQueryOfTheUrlCountsAsLibpqHasIt() {
    FoundServer found =
        find(
            "postgresql:///?host=h&port=7&user=u&password=p%2Fw&dbname=d&sslmode=disable",
            Map.of());

    assertThat(found.address())
        .isEqualTo(new ServerAddress("h", 7, "u", "p/w", "d", Map.of("sslmode", "disable")));
    assertThat(found.password()).hasValue("the URL of --server");
  }

  @Test
  void anAddressOfIpv6StandsInBracketsInUrls() {
    assertThat(find("", Map.of("PGHOST", "::1", "PGUSER", "u")).url("new"))
        .isEqualTo("postgresql://u@[::1]:5432/new");
    FoundServer found = find("postgresql://u@[fe80::1]:7/", Map.of());
    assertThat(found.address().host()).isEqualTo("fe80::1");
    assertThat(found.url("new")).isEqualTo("postgresql://u@[fe80::1]:7/new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u@%2Fvar%2Frun:7/d",
        "postgresql://u@/d?host=/var/run&port=7",
        "postgresql:///d?host=%2Fvar%2Frun&user=u&port=7",
        "postgresql://u@ignored:7/d?host=/var/run"
      })
  void aFolderIsThatOfASocket(String url) {
    FoundServer found = find(url, Map.of());
    assertThat(found.address()).isEqualTo(new ServerAddress("/var/run", 7, "u", "", "d", Map.of()));
    assertThat(found.address().place()).isEqualTo("/var/run/.s.PGSQL.7");
    assertThat(found.url("new")).isEqualTo("postgresql://u@:7/new?host=%2Fvar%2Frun");
    assertThat(find(found.url("d"), Map.of()).address()).isEqualTo(found.address());
    assertThat(found.variables("new")).containsEntry("PGHOST", "/var/run");
  }

  @Test
  void anAddressCountsAsHostAndNotBesideAnother() {
    assertThat(find("", Map.of("PGHOSTADDR", "192.0.2.1")).address().host()).isEqualTo("192.0.2.1");
    assertThatThrownBy(() -> find("", Map.of("PGHOST", "a", "PGHOSTADDR", "192.0.2.1")))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("the host a and the address 192.0.2.1");
    assertThatThrownBy(() -> find("postgresql://a/d", Map.of("PGHOSTADDR", "192.0.2.1")))
        .isInstanceOf(DecantException.class);
  }

  @Test
  void hostsWithAnUnderscoreAreHosts() {
    assertThat(find("postgresql://u@staging_db:7/d", Map.of()).address().place())
        .isEqualTo("staging_db:7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://a,b/d",
        "postgresql://a:1,b:2/d",
        "postgresql:///d?host=a,b",
        "postgresql://%40abstract/d"
      })
  void severalHostsAreToldInOneSentence(String url) {
    assertThatThrownBy(() -> find(url, Map.of()))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("Name one host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:s3cret@h/d",
        "postgresql://u:s3@cret@h/d",
        "postgresql://u:s3cret%zz@h/d",
        "postgresql://u:s3 cret@h/d",
        "postgresql://u:s3cret@h/d?sslpassword=s3cret"
      })
  void otherTextsAreRefusedAndNotShown(String url) {
    assertThatThrownBy(() -> find(url, Map.of()))
        .isInstanceOf(DecantException.class)
        .hasNoCause()
        .hasMessageNotContaining("cret");
  }
}
