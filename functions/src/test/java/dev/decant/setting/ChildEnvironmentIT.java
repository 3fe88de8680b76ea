package dev.decant.setting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.hook.HookContext;
import dev.decant.hook.HookResult;
import dev.decant.hook.Hooks;
import dev.decant.hook.Phase;
import dev.decant.postgres.FoundServer;
import dev.decant.postgres.LibpqVariables;
import dev.decant.postgres.ServerFinder;
import dev.decant.postgres.ServerUrl;
import dev.decant.progress.Progress;
import dev.decant.pull.AfterPull;
import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import dev.decant.target.Hook.Limits;
import dev.decant.target.Hook.OnFailure;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts real programs from a process whose own environment leads to another database. */
final class ChildEnvironmentIT {
  private static final Path LIBPQ = Path.of("/usr/lib/x86_64-linux-gnu/libpq.so.5");

  @TempDir Path folder;
  private PlainDatabase target;
  private PlainDatabase production;

  @BeforeEach
  void makeDatabases() throws SQLException {
    target = PlainDatabase.on(PostgresVersion.V17);
    production = PlainDatabase.on(PostgresVersion.V17);
  }

  @AfterEach
  void drop() throws SQLException {
    production.close();
    target.close();
  }

  /**
   * The output of a hook that prints the name of the database. The name begins with the password,
   * which must not be shown.
   */
  private static String id(PlainDatabase database) {
    return database.name().replaceFirst("plain", "");
  }

  /** All variables of libpq that choose a server or a database, or prevent a connection. */
  private Map<String, String> hostile() throws IOException {
    String port = production.url().replaceFirst(".*:(\\d+)/.*", "$1");
    Path services =
        Files.writeString(
            folder.resolve("services"),
            """
            [production]
            host=127.0.0.1
            port=%s
            dbname=%s
            user=%s
            password=plain
            """
                .formatted(port, production.name(), production.name()));
    Path passwords = Files.writeString(folder.resolve("pgpass"), "*:*:*:*:plain\n");
    Map<String, String> environment = new HashMap<>();
    for (String name : LibpqVariables.NAMES) {
      environment.put(name, "99");
    }
    environment.put("PGSERVICE", "production");
    environment.put("PGSERVICEFILE", services.toString());
    environment.put("PGPASSFILE", passwords.toString());
    environment.put("PGHOST", "127.0.0.1");
    environment.put("PGHOSTADDR", "127.0.0.1");
    environment.put("PGPORT", port);
    environment.put("PGUSER", production.name());
    environment.put("PGDATABASE", production.name());
    environment.put("PGOPTIONS", "-c search_path=production");
    environment.put("DATABASE_URL", production.url());
    environment.put("REPORTING_URL", production.url().replace("postgresql:", "postgres+asyncpg:"));
    environment.put("SPRING_DATASOURCE_URL", "jdbc:" + production.url());
    environment.put("DSN", "host=127.0.0.1 user=x dbname=" + production.name());
    environment.put("DOTNET", "Host=127.0.0.1;Database=" + production.name() + ";Username=x");
    for (Setting setting : Setting.values()) {
      environment.put(setting.variable(), "secret-of-decant");
    }
    environment.put("DECANT_PARAM_ADMIN", "secret-of-decant");
    environment.put("KEPT", "kept");
    return environment;
  }

  @ParameterizedTest
  @ValueSource(strings = {"hook", "after-pull"})
  @Needs(Component.PSQL)
  void programsLandInTheDatabaseThatIsMeant(String kind) throws Exception {
    assertThat(run(kind, hostile(), "psql -XAtc 'SELECT current_database(), session_user'"))
        .contains(id(target) + "|")
        .doesNotContain(id(production));
    assertThat(run(kind, hostile(), "psql -XAtc 'SELECT current_database()' \"$DATABASE_URL\""))
        .contains(id(target));
    assertThat(run(kind, hostile(), "psql -XAtc 'SHOW search_path'")).doesNotContain("production");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hook", "after-pull"})
  void programsAreToldNoOtherDatabaseAndNoSecret(String kind) throws Exception {
    String told = run(kind, hostile(), "env | sort");

    assertThat(told).contains(id(target), "KEPT=kept", "PATH=");
    assertThat(told).doesNotContain(id(production), "=99\n");
    assertThat(told.lines().filter(line -> line.contains("secret-of-decant")))
        .extracting(line -> line.replaceAll("^\\| |=.*", ""))
        .contains("DECANT_STORE", "DECANT_VERIFY_KEY")
        .doesNotContain(
            "DECANT_KEY",
            "DECANT_KEY_FILE",
            "DECANT_KEY_SECRET",
            "DECANT_SIGNING_KEY",
            "DECANT_SIGNING_KEY_FILE",
            "DECANT_SIGNING_KEY_SECRET",
            "DECANT_PARAMETERS_SECRET",
            "DECANT_PARAM_ADMIN",
            "DECANT_SCRATCH");
  }

  /** Compares the list with the names of variables in the libpq of this machine. */
  @Test
  void everyVariableOfLibpqIsKnown() throws IOException {
    Assumptions.assumeTrue(Files.exists(LIBPQ), "missing component: libpq");
    String library = Files.readString(LIBPQ, java.nio.charset.StandardCharsets.ISO_8859_1);

    assertThat(Pattern.compile("\0(PG[A-Z]+(?:_TIMEOUT)?)(?=\0)").matcher(library).results())
        .extracting(found -> found.group(1))
        .contains("PGSERVICE", "PGCONNECT_TIMEOUT")
        .allSatisfy(name -> assertThat(LibpqVariables.NAMES).contains(name));
  }

  private String run(String kind, Map<String, String> environment, String script)
      throws IOException, InterruptedException {
    ProcessBuilder child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                kind,
                target.url(),
                target.name(),
                script,
                folder.toString())
            .redirectErrorStream(true);
    child.environment().putAll(environment);
    Process process = child.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).describedAs(said).isZero();
    return said;
  }

  /** The process that starts the program; its arguments are those of {@link #run}. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      FoundServer server = new ServerFinder(Map.of(), Path.of("/nonexistent")).find(arguments[1]);
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      if (arguments[0].equals("hook")) {
        hook(arguments, new PrintStream(said, true, UTF_8));
      } else {
        Path scripts = Files.createDirectories(Path.of(arguments[4], ".decant"));
        Files.writeString(scripts.resolve("after-pull.sh"), arguments[3]);
        AfterPull.of(Path.of(arguments[4])).orElseThrow().run(server, arguments[2], said);
      }
      System.out.write(said.toByteArray());
      System.out.flush();
    }

    private static void hook(String[] arguments, PrintStream said) {
      List<FilledText> words =
          Stream.of("/bin/sh", "-c", arguments[3]).map(FilledText::of).toList();
      Limits limits = new Limits(1, Duration.ofSeconds(20), Optional.of(0), OnFailure.UNDO);
      List<HookResult> ended = new ArrayList<>();
      HookContext context =
          new HookContext(
              "t",
              Phase.MIGRATE,
              arguments[2],
              arguments[2],
              ServerUrl.parse(arguments[1], Map.of()),
              "a/b/c");
      Progress progress =
          new Progress() {
            @Override
            public void message(String text) {
              said.println(text);
            }
          };
      Hooks.run(List.of(new Hook.Command(words, limits)), context, progress, ended);
      if (!ended.getFirst().ok()) {
        throw new IllegalStateException(said + ended.getFirst().message());
      }
    }
  }
}
