package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.decant.copy.Bytes;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.NoRow;
import dev.decant.mask.value.ArrayText;
import dev.decant.mask.value.HstoreText;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.xml.sax.InputSource;

/** Checks the promises of every mask for each type that it serves. */
final class MaskContractTest {
  private static final int VALUES = 600;
  private static final int MANY = 10_000;
  private static final int VERY_MANY = 100_000;

  /** The types that columns of keys have. */
  private static final Set<String> KEYS = Set.of("text", "integer", "bigint", "uuid", "inet");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> SAME_FOR_ALL_KEYS =
      Set.of(
          "search-vector",
          "keep",
          "nullify",
          "empty",
          "constant",
          "redact",
          "template",
          "placeholder",
          "round",
          "date-truncate");
  private static final Set<String> NOT_OF_THE_VALUE = Set.of("keep", "template");

  /** The types for which only the server can decide whether a constant is one of their values. */
  private static final Set<TypeCategory> SERVER_KNOWS =
      Set.of(TypeCategory.RANGE, TypeCategory.COMPOSITE, TypeCategory.TSVECTOR, TypeCategory.OTHER);

  private static final Map<String, Set<String>> RAW = new ConcurrentHashMap<>();
  private static final MaskSpec EMAIL = MaskSpec.of("email");

  static final List<Column> COLUMNS =
      List.of(
          MaskProbe.column("text", TypeCategory.TEXT),
          MaskProbe.column("citext", TypeCategory.TEXT),
          MaskProbe.varchar(5),
          MaskProbe.varchar(20),
          MaskProbe.varchar(64),
          MaskProbe.varchar(255),
          MaskProbe.blankPadded(10),
          MaskProbe.blankPadded(40),
          MaskProbe.column("smallint", TypeCategory.SMALLINT),
          MaskProbe.column("integer", TypeCategory.INTEGER),
          MaskProbe.column("bigint", TypeCategory.BIGINT),
          MaskProbe.column("numeric", TypeCategory.NUMERIC),
          MaskProbe.numeric(5, 2),
          MaskProbe.numeric(38, 10),
          MaskProbe.column("real", TypeCategory.FLOAT),
          MaskProbe.column("double precision", TypeCategory.FLOAT),
          MaskProbe.column("boolean", TypeCategory.BOOLEAN),
          MaskProbe.column("date", TypeCategory.DATE),
          MaskProbe.column("timestamp without time zone", TypeCategory.TIMESTAMP),
          MaskProbe.column("timestamp with time zone", TypeCategory.TIMESTAMP),
          MaskProbe.column("uuid", TypeCategory.UUID),
          MaskProbe.column("bytea", TypeCategory.BYTEA),
          MaskProbe.column("json", TypeCategory.JSON),
          MaskProbe.column("jsonb", TypeCategory.JSON),
          MaskProbe.column("inet", TypeCategory.INET),
          MaskProbe.column("cidr", TypeCategory.CIDR),
          MaskProbe.column("xml", TypeCategory.XML),
          MaskProbe.column("hstore", TypeCategory.HSTORE),
          MaskProbe.column("point", TypeCategory.POINT),
          MaskProbe.column("public.vector(3)", TypeCategory.OTHER),
          MaskProbe.column("macaddr", TypeCategory.MACADDR),
          MaskProbe.column("macaddr8", TypeCategory.MACADDR),
          MaskProbe.array(MaskProbe.column("text", TypeCategory.TEXT)),
          MaskProbe.array(MaskProbe.varchar(20)),
          MaskProbe.array(MaskProbe.column("bigint", TypeCategory.BIGINT)),
          MaskProbe.column("tsvector", TypeCategory.TSVECTOR),
          MaskProbe.range("int4range", ColumnType.of("integer", TypeCategory.INTEGER)),
          MaskProbe.range("tsrange", ColumnType.of("timestamp", TypeCategory.TIMESTAMP)),
          MaskProbe.composite(
              "person",
              MaskProbe.field("name", TypeCategory.TEXT),
              MaskProbe.field("age", TypeCategory.INTEGER)),
          MaskProbe.labels("happy", "sad", "so so"));

  /** Columns of a database in SQL_ASCII. */
  private static final List<Column> IN_BYTES =
      Stream.concat(
              IntStream.of(1, 7, 20, 64).mapToObj(MaskProbe::varchar),
              IntStream.of(9, 40).mapToObj(MaskProbe::blankPadded))
          .map(MaskProbe::inBytes)
          .toList();

  /** The columns on which a mask is tried. */
  private static Stream<Column> columns(MaskSpec spec) {
    Stream<Column> whole =
        IntStream.of(6, 12, 18)
            .filter(precision -> spec.name().equals("phone"))
            .mapToObj(precision -> MaskProbe.numeric(precision, 0));
    return Stream.of(COLUMNS.stream(), IN_BYTES.stream(), whole).flatMap(columns -> columns);
  }

  /** Specs for all built-in masks, with options that change the behavior. */
  static List<MaskSpec> specs() {
    List<MaskSpec> specs = new ArrayList<>();
    for (String name : MaskProbe.MASKS.names()) {
      switch (name) {
        case "constant" -> {
          for (Object value : List.of("x", 7L, true, "2026-03-01", "{}", "\\x00", "192.0.2.1/32")) {
            specs.add(MaskProbe.spec(name, "value", value));
          }
        }
        case "template" -> specs.add(MaskProbe.spec(name, "value", "u{id}-{note}"));
        case "pick" -> {
          specs.add(MaskProbe.spec(name, "values", List.of("happy", "sad")));
          specs.add(MaskSpec.of(name));
        }
        case "search-vector" ->
            specs.add(MaskProbe.spec(name, "config", "simple", "from", List.of("note")));
        case "composite" ->
            specs.add(
                MaskProbe.spec(name, "fields", Map.of("age", MaskSpec.of("id")), "other", EMAIL));
        case "pattern" -> {
          specs.add(MaskProbe.spec(name, "value", "AAAAAAAA-99999999-aaaaaa"));
          specs.add(MaskProbe.spec(name, "value", "[A-F0-9][a-zäß]9\\\\A[A-Za-z0-9][A-Z]aaAAaaAA"));
        }
        case "round" -> {
          specs.add(MaskProbe.spec(name, "to", 100L));
          specs.add(MaskProbe.spec(name, "to", 2.5));
          specs.add(MaskProbe.spec(name, "to", "year"));
          specs.add(MaskProbe.spec(name, "to", "month"));
        }
        case "array" -> {
          specs.add(MaskProbe.spec(name, "of", MaskSpec.of("scramble")));
          specs.add(MaskProbe.spec(name, "of", MaskSpec.of("phone")));
        }
        case "password" -> specs.add(MaskProbe.spec(name, "cost", 4L));
        default -> specs.add(MaskSpec.of(name));
      }
    }
    specs.addAll(
        List.of(
            MaskProbe.spec("email", "keep-domain", true, "prefix", "u."),
            MaskProbe.spec("scramble", "keep-first", 2L, "keep-last", 1L),
            MaskProbe.spec("scramble", "keep-chars", "aeä😀"),
            MaskProbe.spec("phone", "keep-prefix", 3L),
            MaskProbe.spec("uuid", "version", 7L),
            MaskProbe.spec("hash", "encoding", "base64", "length", 22L),
            MaskProbe.spec("hash", "encoding", "base32"),
            MaskProbe.spec("json", "keys-of", List.of("$", "$.list[*]")),
            MaskProbe.spec("ip", "prefix", 9L),
            MaskProbe.spec("mac", "prefix", 24L),
            MaskProbe.spec("username", "style", "plain", "length", 30L),
            MaskProbe.spec("point", "meters", 50L),
            MaskProbe.spec("vector-noise", "stddev", 0.25),
            MaskProbe.spec("hstore", "keys", Map.of("name", EMAIL), "other", MaskSpec.of("noise")),
            MaskProbe.spec(
                "xml",
                "keys",
                new TreeMap<>(Map.of("email", EMAIL, "name", MaskSpec.of("nullify")))),
            MaskProbe.spec("date-truncate", "to", "month"),
            MaskProbe.spec("company", "locale", "en"),
            MaskProbe.spec("full-name", "locale", "en"),
            MaskProbe.spec("address", "locale", "en_US"),
            MaskProbe.spec("date-shift", "days", 30L, "by", "id"),
            MaskProbe.spec("noise", "percent", 100L, "round", 0L),
            MaskProbe.spec("noise", "percent", 0.5, "round", 1L),
            MaskProbe.spec("placeholder", "kind", "png"),
            MaskProbe.spec("placeholder", "kind", "pdf"),
            MaskProbe.spec("json", "keys", Map.of("email", EMAIL), "keep", List.of("$.list[*]")),
            MaskProbe.spec("json", "other", MaskSpec.of("redact")),
            MaskProbe.spec("json", "other", MaskSpec.of("empty"), "unique", true),
            MaskProbe.spec("hstore", "unique", true),
            MaskProbe.spec(
                "composite",
                "fields",
                new TreeMap<>(Map.of("name", MaskSpec.of("scramble"), "age", MaskSpec.of("id")))),
            MaskProbe.spec(
                "json",
                "columns",
                new TreeMap<>(Map.of("$.email", EMAIL, "$['a\"b']", MaskSpec.of("nullify"))))));
    return specs;
  }

  private static Stream<DynamicTest> each(Check check) {
    return specs().stream()
        .flatMap(
            spec ->
                columns(spec)
                    .filter(column -> MaskProbe.refusal(spec, column) == null)
                    .map(
                        column ->
                            DynamicTest.dynamicTest(
                                spec.name() + spec.options() + " on " + column.type().name(),
                                () -> check.check(spec, column))));
  }

  @FunctionalInterface
  private interface Check {
    void check(MaskSpec spec, Column column) throws Exception;
  }

  private static Set<String> raw(Column column, int count) {
    return RAW.computeIfAbsent(
        column.type().name() + count, t -> new RawValues(column.type(), count).distinct(count));
  }

  private static MaskProbe probe(MaskSpec spec, Column column, int key) {
    return MaskProbe.of(spec, column, MaskProbe.key(key), "id", "note");
  }

  @TestFactory
  Stream<DynamicTest> everyInstanceGivesTheSame() {
    return each(
        (spec, column) -> {
          List<String> values = List.copyOf(raw(column, VALUES));
          MaskProbe one = probe(spec, column, 1);
          List<String> forth = values.stream().map(v -> one.mask(v, "17", null)).toList();
          MaskProbe two = probe(spec, column, 1);
          List<String> back = values.reversed().stream().map(v -> two.mask(v, "17", null)).toList();
          assertThat(back.reversed()).isEqualTo(forth);
        });
  }

  @TestFactory
  Stream<DynamicTest> anotherKeyGivesOthers() {
    return each(
        (spec, column) -> {
          if (SAME_FOR_ALL_KEYS.contains(spec.name())) {
            return;
          }
          // Two keys may agree by chance on the only shift or the few labels that a spec has.
          MaskProbe one = probe(spec, column, 1);
          List<MaskProbe> more =
              IntStream.range(2, 6).mapToObj(key -> probe(spec, column, key)).toList();
          Set<String> values = raw(column, VALUES);
          long others =
              values.stream()
                  .filter(
                      v -> {
                        String masked = one.mask(v, "17", null);
                        return more.stream().anyMatch(m -> !masked.equals(m.mask(v, "17", null)));
                      })
                  .count();
          assertThat(others).isGreaterThan(values.size() / 5);
        });
  }

  @TestFactory
  Stream<DynamicTest> whatComesOutIsAValueOfTheType() {
    return each(
        (spec, column) -> {
          if (spec.name().equals("constant") && SERVER_KNOWS.contains(column.type().category())) {
            return;
          }
          MaskProbe probe = probe(spec, column, 3);
          for (String value : raw(column, VALUES)) {
            byte[] masked =
                probe.maskBytes(value.getBytes(StandardCharsets.UTF_8), "17", "a note, ä");
            if (masked != null) {
              assertValid(decoded(masked), column.type(), value);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> injectiveMasksKeepDifferentValuesApart() {
    return each(
        (spec, column) -> {
          if (!MaskProbe.injective(spec, column) || NOT_OF_THE_VALUE.contains(spec.name())) {
            return;
          }
          int count = KEYS.contains(column.type().name()) ? VERY_MANY : MANY;
          MaskProbe probe = probe(spec, column, 4);
          Map<String, String> seen = new HashMap<>();
          for (String value : raw(column, count)) {
            String other = seen.put(probe.mask(value, "17", null), value);
            assertThat(other).as("masked as %s is", value).isNull();
          }
        });
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static void assertValid(String masked, ColumnType type, String raw) throws Exception {
    switch (type.category()) {
      case TEXT ->
          assertThat(type.length().of(masked))
              .as(masked)
              .isLessThanOrEqualTo(type.maxLength() < 0 ? Integer.MAX_VALUE : type.maxLength());
      case SMALLINT -> assertThat(Short.toString(Short.parseShort(masked))).isEqualTo(masked);
      case INTEGER -> assertThat(Integer.toString(Integer.parseInt(masked))).isEqualTo(masked);
      case BIGINT -> assertThat(Long.toString(Long.parseLong(masked))).isEqualTo(masked);
      case NUMERIC -> assertNumeric(masked, type);
      case FLOAT -> assertFloat(masked, type);
      case BOOLEAN -> assertThat(masked).matches("[tf]");
      case DATE -> assertDate(masked);
      case TIMESTAMP -> assertTimestamp(masked, type, raw);
      case UUID -> assertThat(masked).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      case BYTEA -> assertThat(masked).matches("\\\\x([0-9a-f]{2})*");
      case JSON -> JSON.readTree(masked);
      case INET, CIDR -> assertIp(masked, type);
      case XML -> assertXml(masked);
      case HSTORE ->
          assertThat(
                  new HstoreText()
                      .rewrite(
                          masked.getBytes(StandardCharsets.UTF_8),
                          0,
                          masked.getBytes(StandardCharsets.UTF_8).length,
                          NoRow.INSTANCE,
                          (key, value, row, out) -> false,
                          new Bytes(64)))
              .as(masked)
              .isTrue();
      case OTHER -> assertThat(masked).matches("\\[[-0-9.e+E]+(,[-0-9.e+E]+){2}\\]");
      case POINT -> assertThat(masked).matches("\\([^ ,]+,[^ ,]+\\)");
      case MACADDR -> assertThat(masked).matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}((:..){2})?");
      case ENUM -> assertThat(type.labels()).contains(masked);
      case ARRAY -> assertArray(masked, type, raw);
      case TSVECTOR -> assertThat(masked).isIn("", raw);
      case RANGE -> assertThat(masked).matches("[\\[(][^,]*,[^,]*[\\])]|empty");
      case COMPOSITE -> assertThat(masked).matches("(?s)\\(.*,(-?\\d+)?\\)");
      default -> throw new AssertionError("no check for " + type);
    }
  }

  private static boolean isNotFinite(String number) {
    return Set.of("NaN", "Infinity", "-Infinity").contains(number);
  }

  private static void assertNumeric(String masked, ColumnType type) {
    if (isNotFinite(masked)) {
      return;
    }
    BigDecimal number = new BigDecimal(masked);
    if (type.precision() > 0) {
      assertThat(number.scale()).isLessThanOrEqualTo(type.scale());
      assertThat(number.abs())
          .isLessThan(new BigDecimal(BigInteger.TEN.pow(type.precision()), type.scale()));
    }
  }

  private static void assertFloat(String masked, ColumnType type) {
    if (isNotFinite(masked)) {
      return;
    }
    boolean zero = new BigDecimal(masked).signum() == 0;
    if (type.name().equals("real")) {
      float number = Float.parseFloat(masked);
      assertThat(Float.isFinite(number) && (number == 0) == zero).as(masked).isTrue();
    } else {
      double number = Double.parseDouble(masked);
      assertThat(Double.isFinite(number) && (number == 0) == zero).as(masked).isTrue();
    }
  }

  private static void assertDate(String masked) {
    if (masked.endsWith("infinity")) {
      return;
    }
    assertThat(masked).matches("\\d{4,7}-\\d\\d-\\d\\d( BC)?");
    String[] parts = masked.replace(" BC", "").split("-", -1);
    java.time.LocalDate.of(
        Integer.parseInt(parts[0]) * (masked.endsWith("BC") ? -1 : 1)
            + (masked.endsWith("BC") ? 1 : 0),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]));
  }

  private static void assertTimestamp(String masked, ColumnType type, String raw) {
    if (masked.endsWith("infinity") || masked.equals("2026-03-01")) {
      return;
    }
    assertDate(masked.replaceFirst(" [0-9:.+-]+", ""));
    String rest = masked.replaceFirst("^\\d+-\\d\\d-\\d\\d", "").replace(" BC", "");
    assertThat(raw.replace(" BC", "")).endsWith(rest.replaceFirst("^ 00:00:00(?![.])", ""));
    assertThat(type.name().endsWith("with time zone")).isEqualTo(rest.matches(".*[+-][0-9:]+"));
  }

  private static void assertArray(String masked, ColumnType type, String raw) throws Exception {
    ColumnType element = Objects.requireNonNull(type.element());
    List<String> elements = new ArrayList<>();
    byte[] bytes = masked.getBytes(StandardCharsets.UTF_8);
    ArrayText.Element collect =
        (value, from, to, row, out) -> {
          elements.add(new String(value, from, to - from, StandardCharsets.UTF_8));
          return true;
        };
    assertThat(
            ArrayText.of(element.name())
                .rewrite(bytes, 0, bytes.length, NoRow.INSTANCE, collect, new Bytes(64)))
        .isTrue();
    for (String one : elements) {
      assertValid(one, element, one);
    }
    if (!masked.equals("{}")) {
      assertThat(masked.replaceFirst("(?s)\\{.*", "")).isEqualTo(raw.replaceFirst("(?s)\\{.*", ""));
    }
  }

  private static void assertXml(String masked) throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader("<root>" + masked + "</root>")));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("root");
  }

  private static void assertIp(String masked, ColumnType type) throws Exception {
    String[] parts = masked.split("/", -1);
    assertThat(parts[0].toLowerCase(Locale.ROOT)).matches("[0-9a-f:.]+");
    byte[] address = java.net.InetAddress.ofLiteral(parts[0]).getAddress();
    int network = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
    assertThat(network).isLessThanOrEqualTo(masked.contains(":") ? 128 : 32);
    if (type.category() == TypeCategory.CIDR && !masked.contains("::ffff:")) {
      BigInteger host =
          new BigInteger(1, address)
              .mod(BigInteger.ONE.shiftLeft(Math.max(0, address.length * 8 - network)));
      assertThat(host).isEqualTo(BigInteger.ZERO);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyMaskServesSomethingHere() {
    Set<String> served =
        each((spec, column) -> {})
            .map(test -> test.getDisplayName().replaceFirst("\\{.*", ""))
            .collect(Collectors.toCollection(HashSet::new));
    return MaskProbe.MASKS.names().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> assertThat(served).contains(name)));
  }
}
