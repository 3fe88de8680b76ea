package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.dump.DumpPart;
import dev.decant.dump.StatementKind;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Progress;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PlainRestore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A row security policy for roles of production gives no other role access to a row. */
final class PolicyRolesIT {
  private static final String DUMP =
      """
      CREATE TABLE public.t (id integer NOT NULL);
      COPY public.t (id) FROM stdin;
      1
      2
      3
      \\.
      CREATE POLICY auditors ON public.t FOR SELECT TO auditor USING (true);
      CREATE POLICY everybody ON public.t FOR SELECT USING ((id < 3));
      CREATE POLICY limits ON public.t AS RESTRICTIVE FOR SELECT TO clerk USING ((id > 1));
      ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
      """;

  @ParameterizedTest
  @EnumSource(names = {"V13", "V18"})
  void anotherRoleSeesNoMoreThanInTheSource(PostgresVersion version) throws Exception {
    MemorySnapshotStore store = new MemorySnapshotStore();
    DumpSnapshot.publish(store, DUMP, "public.t: { keep: [id] }\n", true);
    try (PlainDatabase owner = PlainDatabase.on(version);
        PlainDatabase other = PlainDatabase.on(version)) {
      try (Connection connection = owner.connect()) {
        PlainRestore.into(connection, text(store));
        execute(connection, "GRANT SELECT ON public.t TO PUBLIC");
        assertThat(ids(connection)).containsExactly(1, 2, 3);
      }
      String url = "jdbc:" + owner.url().replaceFirst("//.*@", "//");
      try (Connection connection = DriverManager.getConnection(url, other.name(), "plain")) {
        assertThat(ids(connection)).containsExactly(2);
      }
    }
  }

  @Test
  void whatIsNarrowerIsTold() {
    List<String> told = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void message(String text) {
            told.add(text);
          }
        };
    PolicyRoles.report(
        List.of(policy("auditors", "TO auditor"), policy("all", ""), policy("clerks", "TO a, b")),
        progress);
    assertThat(told).singleElement().asString().contains("POLICY auditors, POLICY clerks.");
    PolicyRoles.report(List.of(policy("all", "TO PUBLIC")), progress);
    assertThat(told).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"9, false", "11, true"})
  void notMoreThanTenAreNamed(int count, boolean more) {
    List<String> told = new ArrayList<>();
    List<DumpPart.Statement> policies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      policies.add(policy("p" + i, "TO a"));
    }
    PolicyRoles.report(
        policies,
        new Progress() {
          @Override
          public void message(String text) {
            told.add(text);
          }
        });
    assertThat(told.getFirst().contains(" and 1 more")).isEqualTo(more);
  }

  private static DumpPart.Statement policy(String name, String roles) {
    String sql = "CREATE POLICY " + name + " ON a.t " + roles + " USING (true);";
    return new DumpPart.Statement(
        1, StatementKind.POLICY, sql.getBytes(UTF_8), "POLICY " + name, new byte[0]);
  }

  private static String text(MemorySnapshotStore store) throws Exception {
    byte[] dump = store.read(ShopSnapshot.NAME.key(SnapshotName.DUMP)).orElseThrow();
    try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(dump))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static void execute(Connection connection, String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<Integer> ids(Connection connection) throws Exception {
    List<Integer> ids = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM public.t ORDER BY id")) {
      while (rows.next()) {
        ids.add(rows.getInt(1));
      }
    }
    return ids;
  }
}
