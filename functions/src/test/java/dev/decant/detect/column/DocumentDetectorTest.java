package dev.decant.detect.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.detect.Category;
import dev.decant.detect.DocumentContents;
import dev.decant.detect.DocumentContents.Format;
import dev.decant.detect.Verdict;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DocumentDetectorTest {
  @Test
  void pathsOfJsonAreFoundByNameAndValue() {
    DocumentContents contents =
        contents(
            "events",
            TypeCategory.JSON,
            i ->
                """
                {"user": {"email": "a%d@example.com", "x": "+49 30 90182%d", "n": %d},
                 "tags": ["a", "b"], "to": ["b%d@example.com"], "theme": "dark",
                 "items": [{"first_name": "Anna", "is_new": true}], "odd name": "c%d@example.com"}
                """
                    .formatted(i, i, i, i, i));
    assertThat(contents.format()).isEqualTo(Format.JSON);
    assertThat(categories(contents.paths()))
        .containsEntry("$.user.email", Category.EMAIL)
        .containsEntry("$.user.x", Category.PHONE)
        .containsEntry("$.to[*]", Category.EMAIL)
        .containsEntry("$.items[*].first_name", Category.FIRST_NAME)
        .containsEntry("$['odd name']", Category.EMAIL)
        .doesNotContainKeys("$.user.n", "$.tags[*]", "$.theme", "$.items[*].is_new");
    assertThat(contents.paths()).containsKeys("$.theme", "$.tags[*]", "$.items[*].is_new");
    assertThat(contents.complete()).isTrue();
  }

  @Test
  void keysAndTimesOfCopiedRowsAreHarmless() {
    DocumentContents contents =
        contents(
            "audit_log",
            TypeCategory.JSON,
            i ->
                """
                {"id": %d, "email": "a%d@example.com", "name": "Ann Smith", "plan": "pro",
                 "created_at": "2024-01-01T10:00:%02d.5+00:00", "birth_date": "1980-01-%02d",
                 "owner": {"id": %d}, "ssn": {"id": 90000%04d}}
                """
                    .formatted(i, i, i % 60, 1 + i % 28, i, i));

    assertThat(contents.paths().get("$.id")).isInstanceOf(Verdict.Harmless.class);
    assertThat(contents.paths().get("$.created_at")).isInstanceOf(Verdict.Harmless.class);
    assertThat(contents.paths().get("$.plan")).isInstanceOf(Verdict.Harmless.class);
    assertThat(contents.paths().get("$.ssn.id")).isNotInstanceOf(Verdict.Harmless.class);
    assertThat(categories(contents.paths()))
        .containsEntry("$.birth_date", Category.BIRTH_DATE)
        .containsEntry("$.email", Category.EMAIL);
  }

  @Test
  void longNumbersThatAreCalledIdAreNotKept() {
    DocumentContents contents =
        contents("audit_log", TypeCategory.JSON, i -> "{\"id\": " + (900_000_000L + i) + "}");
    assertThat(contents.paths().get("$.id")).isNotInstanceOf(Verdict.Harmless.class);
  }

  @Test
  void namesOfMembersThatAreValuesAreRecognized() {
    DocumentContents contents =
        contents(
            "teams",
            TypeCategory.JSON,
            i -> "{\"members\": {\"canary%d@example.com\": {\"phone\": \"1\"}}}".formatted(i));
    assertThat(categories(contents.names())).containsEntry("$.members", Category.EMAIL);
    assertThat(categories(contents.keys())).containsEntry("phone", Category.PHONE);
    assertThat(contents.complete()).isFalse();
    assertThat(contents.toString()).doesNotContain("canary");
  }

  @Test
  void namesThatHardlyRepeatAreNotShown() {
    DocumentContents contents =
        contents("teams", TypeCategory.JSON, i -> "{\"votes\": {\"canary" + i + "\": 1}}");
    assertThat(contents.names()).containsKey("$.votes");
    assertThat(contents.toString()).doesNotContain("canary");
  }

  @Test
  void valuesBelowVaryingNamesCountForTheirObject() {
    DocumentContents contents =
        contents(
            "teams",
            TypeCategory.JSON,
            i -> "{\"mails\": {\"%d\": \"a%d@example.com\"}}".formatted(i, i));
    assertThat(categories(contents.paths())).containsEntry("$.mails", Category.EMAIL);
  }

  @Test
  void hstoreIsRead() {
    DocumentContents contents =
        contents(
            "things",
            TypeCategory.HSTORE,
            i -> "\"x\"=>\"a%d@example.com\", \"y\"=>NULL, \"color\"=>\"r\\\"ed\"".formatted(i));
    assertThat(contents.format()).isEqualTo(Format.HSTORE);
    assertThat(categories(contents.keys())).containsOnly(Map.entry("x", Category.EMAIL));
  }

  @Test
  void xmlIsRead() {
    DocumentContents contents =
        contents(
            "things",
            TypeCategory.XML,
            i ->
                "<order><state mail='m%d@example.com'>open</state><phone>1</phone></order>"
                    .formatted(i));
    assertThat(contents.format()).isEqualTo(Format.XML);
    assertThat(categories(contents.keys()))
        .containsOnly(Map.entry("mail", Category.EMAIL), Map.entry("phone", Category.PHONE));
  }

  @Test
  void entitiesOfXmlAreNotFollowed() {
    DocumentProfile profile = new DocumentProfile(new SampleMemory());
    profile.add("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>", Format.XML);
    assertThat(profile.root().members().values()).allMatch(node -> node.values().values() == 0);
  }

  @Test
  void placesAreBounded() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 50; i++) {
      json.append(i == 0 ? "" : ",").append("\"a").append((char) ('a' + i % 26)).append(i);
      json.append("\": {\"b\": 1, \"c\": 2, \"d\": 3, \"e\": 4, \"f\": 5}");
    }
    DocumentContents contents = contents("things", TypeCategory.JSON, i -> json.toString() + "}");
    assertThat(contents.complete()).isFalse();
    assertThat(contents.paths().size()).isLessThanOrEqualTo(DocumentProfile.PLACES);
  }

  @Test
  void documentThatIsCutOffCountsUpToItsEnd() {
    DocumentContents contents =
        contents("things", TypeCategory.TEXT, i -> "{\"email\": \"a" + i + "@example.com\", \"b");
    assertThat(categories(contents.paths())).containsEntry("$.email", Category.EMAIL);
  }

  @Test
  void columnWithPersonalDataInDocumentsIsPersonal() {
    Verdict verdict =
        verdict("things", "TEXT", i -> "{\"to\": \"canary%d@example.com\"}".formatted(i));
    assertThat(verdict)
        .isEqualTo(new Verdict.Personal(Category.DOCUMENT, false, "in its values: e-mail address"));
  }

  @Test
  void elementsOfArraysAreLookedAt() {
    assertThat(verdict("things", "ARRAY", i -> "{a%d@example.com,\"b@example.com\"}".formatted(i)))
        .isInstanceOfSatisfying(
            Verdict.Personal.class, p -> assertThat(p.category()).isEqualTo(Category.EMAIL));
  }

  private static Map<String, Category> categories(Map<String, Verdict> verdicts) {
    return verdicts.entrySet().stream()
        .filter(e -> e.getValue() instanceof Verdict.Personal)
        .collect(
            Collectors.toMap(Map.Entry::getKey, e -> ((Verdict.Personal) e.getValue()).category()));
  }

  private static DocumentContents contents(
      String table, TypeCategory type, IntFunction<String> values) {
    Column column = column(type);
    return detector(table, column).contents(column, profile(values)).orElseThrow();
  }

  private static Verdict verdict(String table, String type, IntFunction<String> values) {
    Column column = column(TypeCategory.valueOf(type));
    return detector(table, column).verdict(column, profile(values));
  }

  private static ColumnDetector detector(String table, Column column) {
    return ColumnDetector.of(
        new Table(
            new TableName("public", table),
            List.of(column),
            false,
            List.of(),
            null,
            List.of(),
            null));
  }

  private static Column column(TypeCategory type) {
    return new Column("x1", ColumnType.of("type", type), false, false, false);
  }

  private static ColumnProfile profile(IntFunction<String> values) {
    ColumnProfile profile = new ColumnProfile(new SampleMemory());
    for (int i = 0; i < 200; i++) {
      profile.add(values.apply(i));
    }
    return profile;
  }

  /** Thousands of columns with many places each stay within the memory of one source. */
  @Test
  void theColumnsOfASourceShareTheirPlaces() {
    SampleMemory memory = new SampleMemory(250);
    DocumentProfile first = new DocumentProfile(memory);
    DocumentProfile second = new DocumentProfile(memory);
    StringBuilder document = new StringBuilder("{");
    for (int part = 0; part < 5; part++) {
      document
          .append(part == 0 ? "" : ", ")
          .append("\"part")
          .append((char) ('a' + part))
          .append("\": {");
      for (int i = 0; i < 40; i++) {
        document.append(i == 0 ? "" : ", ").append("\"name").append((char) ('a' + i % 26));
        document.append((char) ('a' + i / 26)).append("\": 1");
      }
      document.append('}');
    }
    document.append('}');

    assertThat(first.add(document.toString(), DocumentContents.Format.JSON)).isTrue();
    assertThat(second.add(document.toString(), DocumentContents.Format.JSON)).isTrue();

    assertThat(places(first.root()) + places(second.root())).isEqualTo(250);
    assertThat(second.exceeded()).isTrue();
  }

  private static int places(DocumentNode node) {
    return node.members().size()
        + node.members().values().stream().mapToInt(DocumentDetectorTest::places).sum();
  }
}
