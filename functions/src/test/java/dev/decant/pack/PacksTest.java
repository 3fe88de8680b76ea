package dev.decant.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packs in the files, and their recognition in small schemas. */
final class PacksTest {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z_][a-z0-9_.]*)(?::(\\w+))?\\}");

  private static Table table(String schema, String name, String... columns) {
    return new Table(
        new TableName(schema, name),
        Arrays.stream(columns)
            .map(
                c ->
                    new Column(
                        c,
                        ColumnType.of("text", TypeCategory.TEXT),
                        c.endsWith("_id"),
                        false,
                        false))
            .toList(),
        false,
        List.of(),
        null,
        List.of(),
        null);
  }

  private static RecognizedPacks recognized(Table... tables) {
    return Packs.recognized(new Schema(List.of(tables), List.of(), List.of()), Set.of());
  }

  private static List<String> names(RecognizedPacks packs) {
    return packs.all().stream().map(RecognizedPack::name).toList();
  }

  @Test
  void eachFileIsAPack() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/decant/pack"))) {
      assertThat(files.map(f -> f.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(Packs.names());
    }
  }

  @Test
  void theJsonSchemaHasEachName() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Files.readString(Path.of("../docs/policy.schema.json")));
    List<String> names = new ArrayList<>();
    schema.at("/properties/packs/items/enum").forEach(n -> names.add(n.asText()));
    assertThat(names).isEqualTo(Packs.names());
  }

  /** A statement that names a column without a rule would never run. */
  @Test
  void eachStatementNamesTablesAndColumnsOfThePack() {
    for (Pack pack : Packs.all()) {
      List<String> texts = new ArrayList<>(pack.sql());
      pack.assertions().forEach(a -> texts.add(a.sql()));
      for (String text : texts) {
        Matcher place = PLACE.matcher(text);
        assertThat(place.find()).as(text).isTrue();
        place.reset();
        while (place.find()) {
          String name = place.group(1);
          Optional<PackTable> table =
              pack.tables().stream().filter(t -> t.pattern().toString().equals(name)).findFirst();
          assertThat(table).as(pack.name() + ": " + place.group()).isPresent();
          if (place.group(2) != null && table.orElseThrow().truncate() == null) {
            assertThat(table.orElseThrow().columns()).as(name).containsKey(place.group(2));
          }
        }
      }
    }
  }

  @Test
  void aPackIsFoundInEachSchemaThatHasItsTables() {
    String[] columns = {
      "username", "password", "is_superuser", "last_login", "date_joined", "email"
    };
    RecognizedPacks packs =
        recognized(
            table("one", "auth_user", columns),
            table("two", "auth_user", columns),
            table("three", "auth_user", "username", "email"));

    assertThat(names(packs)).containsExactly("django-auth", "django-auth");
    assertThat(packs.rule(new TableName("two", "auth_user"), "email").orElseThrow().yaml())
        .isEqualTo("email");
    assertThat(packs.rule(new TableName("three", "auth_user"), "email")).isEmpty();
  }

  @Test
  void aColumnThatThePackDoesNotKnowHasNoRule() {
    RecognizedPacks packs =
        recognized(table("s", "users", "email", "encrypted_password", "reset_password_token", "x"));
    TableName users = new TableName("s", "users");

    assertThat(names(packs)).containsExactly("rails-devise");
    assertThat(packs.rule(users, "email").orElseThrow())
        .isEqualTo(new PackRule("email", "rails-devise: personal data"));
    assertThat(packs.rule(users, "reset_password_token").orElseThrow().yaml()).isEqualTo("nullify");
    assertThat(packs.rule(users, "x")).isEmpty();
  }

  @Test
  void rowsAreLeftOutIfTheReferencesToThemCanBeNull() {
    Table sessions = table("public", "django_session", "session_key");
    Table user = table("public", "auth_user", "username", "password", "is_superuser");
    Table basket = table("public", "basket", "session_key", "session_id");
    Schema nullable = schema(key(basket, "session_key", sessions), sessions, user, basket);
    Schema required = schema(key(basket, "session_id", sessions), sessions, user, basket);
    Schema free = new Schema(List.of(sessions, user, basket), List.of(), List.of());

    assertThat(Packs.recognized(free, Set.of()).truncated(sessions.name())).isPresent();
    assertThat(Packs.recognized(nullable, Set.of()).truncated(sessions.name())).isPresent();
    assertThat(Packs.recognized(nullable, Set.of()).cut(basket.name(), "session_key").orElseThrow())
        .isEqualTo(
            new PackRule(
                "nullify", "it refers to rows of public.django_session, which are left out"));
    assertThat(Packs.recognized(nullable, Set.of(basket.name())).truncated(sessions.name()))
        .isEmpty();
    assertThat(Packs.recognized(required, Set.of()).truncated(sessions.name())).isEmpty();
    assertThat(Packs.recognized(free, Set.of(sessions.name())).truncated(sessions.name()))
        .isEmpty();
  }

  private static Schema schema(ForeignKey key, Table... tables) {
    return new Schema(List.of(tables), List.of(), List.of(key));
  }

  private static ForeignKey key(Table from, String column, Table to) {
    return new ForeignKey("f", from.name(), List.of(column), to.name(), List.of("session_key"));
  }

  @Test
  void credentialsAreFoundByNameInAnyTable() {
    TableName shop = new TableName("public", "Shop");
    RecognizedPacks packs =
        recognized(
            table("public", "Shop", "stripeSecretKey", "smtp_password", "slack_webhook_url"),
            table("public", "Shop2", "google_client_secret", "keyboard", "smtp_port_label"),
            table("public", "app_settings", "key", "value"));

    assertThat(names(packs))
        .containsExactly("payment", "mail", "webhooks", "oauth-clients", "settings");
    assertThat(packs.rule(shop, "stripeSecretKey").orElseThrow().yaml()).isEqualTo("nullify");
    assertThat(packs.rule(shop, "smtp_password")).isPresent();
    assertThat(packs.rule(new TableName("public", "Shop2"), "keyboard")).isEmpty();
    assertThat(packs.rule(new TableName("public", "Shop2"), "smtp_port_label")).isEmpty();
    assertThat(packs.rule(new TableName("public", "app_settings"), "value").orElseThrow().yaml())
        .startsWith("[{ when: { column: key, matches: '(?i)secret|")
        .endsWith("mask: nullify }, scramble]");
  }
}
