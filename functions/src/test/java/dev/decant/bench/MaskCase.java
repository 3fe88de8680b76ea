package dev.decant.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.decant.mask.MaskSpec;
import dev.decant.mask.value.Iban;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** A mask and the values that it gets. */
@SuppressWarnings("ImmutableEnumChecker") // Map.of is immutable
public enum MaskCase {
  /** An e-mail address. */
  EMAIL("email", TypeCategory.TEXT),
  /** A whole name. */
  FULL_NAME("full-name", TypeCategory.TEXT),
  /** {@code +49 160 12345678}. */
  PHONE("phone", TypeCategory.TEXT),
  /** A phone number as a bigint. */
  PHONE_NUMBER("phone", TypeCategory.BIGINT),
  /** A name of 20 letters. */
  SCRAMBLE("scramble", TypeCategory.TEXT),
  /** An IBAN. */
  SCRAMBLE_IBAN("scramble", TypeCategory.TEXT),
  /** A sentence of 100 characters. */
  SCRAMBLE_SENTENCE("scramble", TypeCategory.TEXT),
  /** A random uuid. */
  UUID("uuid", TypeCategory.UUID),
  /** A sentence of 100 characters. */
  TEXT("text", TypeCategory.TEXT),
  /** A positive number below 100,000. */
  ID("id", TypeCategory.BIGINT),
  /** A user name of letters and digits. */
  USERNAME("username", TypeCategory.TEXT),
  /** A token of 32 digits. */
  HASH("hash", TypeCategory.TEXT),
  /** An IPv4 address. */
  IP("ip", TypeCategory.INET),
  /** A date. */
  DATE_SHIFT("date-shift", TypeCategory.DATE),
  /** A price. */
  NOISE("noise", TypeCategory.NUMERIC),
  /** The name of a company. */
  COMPANY("company", TypeCategory.TEXT),
  /** The name of a job. */
  JOB("job", TypeCategory.TEXT),
  /** The user agent of a browser. */
  USER_AGENT("user-agent", TypeCategory.TEXT),
  /** An object with three members. */
  JSON("json", TypeCategory.JSON),
  /** An IBAN with correct check digits. */
  IBAN("iban", TypeCategory.TEXT),
  /** A card number of 16 digits, of which nine in ten are wrong and are scrambled. */
  CREDIT_CARD("credit-card", TypeCategory.TEXT),
  /** An address of six bytes. */
  MAC("mac", TypeCategory.MACADDR),
  /** A URL with a path. */
  URL("url", TypeCategory.TEXT),
  /** A code of two letters and four digits. */
  PATTERN("pattern", TypeCategory.TEXT, "value", "AA-9999"),
  /** A price. */
  ROUND("round", TypeCategory.NUMERIC, "to", 100L),
  /** A time. */
  DATE_TRUNCATE("date-truncate", TypeCategory.TIMESTAMP),
  /** A longitude and a latitude. */
  POINT("point", TypeCategory.POINT),
  /** Three keys. */
  HSTORE("hstore", TypeCategory.HSTORE),
  /** An element with two others in it. */
  XML("xml", TypeCategory.XML),
  /** The hash of a password. */
  PASSWORD("password", TypeCategory.TEXT),
  /** One of four values. */
  PICK("pick", TypeCategory.TEXT, "values", List.of("gold", "silver", "bronze", "none")),
  /** Three names, one of them NULL. */
  ARRAY("array", TypeCategory.ARRAY, "of", MaskSpec.of("scramble")),
  /** A name and a number. */
  COMPOSITE(
      "composite",
      TypeCategory.COMPOSITE,
      "fields",
      Map.of("name", MaskSpec.of("scramble"), "n", MaskSpec.of("keep"))),
  /** A sentence of 100 characters. */
  REDACT("redact", TypeCategory.TEXT),
  /** A sentence of 100 characters. */
  CONSTANT("constant", TypeCategory.TEXT, "value", "x"),
  /** A sentence of 100 characters. */
  NULLIFY("nullify", TypeCategory.TEXT),
  /** A sentence of 100 characters. */
  EMPTY("empty", TypeCategory.TEXT),
  /** A sentence of 100 characters. */
  TEMPLATE("template", TypeCategory.TEXT, "value", "anyone@example.invalid"),
  /** Six bytes. */
  PLACEHOLDER("placeholder", TypeCategory.BYTEA),
  /** A first name. */
  FIRST_NAME("first-name", TypeCategory.TEXT),
  /** A last name. */
  LAST_NAME("last-name", TypeCategory.TEXT),
  /** A street with a number. */
  STREET("street", TypeCategory.TEXT),
  /** A city. */
  CITY("city", TypeCategory.TEXT),
  /** Five digits. */
  POSTCODE("postcode", TypeCategory.TEXT),
  /** A street and a city. */
  ADDRESS("address", TypeCategory.TEXT),
  /** A vector of pgvector with sixteen numbers. */
  VECTOR_NOISE("vector-noise", TypeCategory.OTHER);

  /** The masks that decant does not run itself. */
  static final Set<String> NOT_RUN = Set.of("keep", "search-vector");

  private final String mask;
  private final TypeCategory type;
  private final Map<String, Object> options;

  MaskCase(String mask, TypeCategory type) {
    this.mask = mask;
    this.type = type;
    options = Map.of();
  }

  MaskCase(String mask, TypeCategory type, String option, Object value) {
    this.mask = mask;
    this.type = type;
    options = Map.of(option, value);
  }

  /** The name of the mask in a policy. */
  String mask() {
    return mask;
  }

  MaskSpec spec() {
    return MaskSpec.of(mask, options);
  }

  Column column() {
    ColumnType text = ColumnType.of("text", TypeCategory.TEXT);
    ColumnType columnType =
        switch (type) {
          case ARRAY -> withParts("text[]", new ColumnType.Parts.Element(text));
          case COMPOSITE ->
              withParts(
                  "public.person",
                  new ColumnType.Parts.Fields(
                      List.of(
                          new ColumnType.Field("name", text),
                          new ColumnType.Field(
                              "n", ColumnType.of("integer", TypeCategory.INTEGER)))));
          case OTHER -> ColumnType.of("public.vector(16)", type);
          default -> ColumnType.of(type.name(), type);
        };
    return new Column("c", columnType, this != NULLIFY, false, false);
  }

  private ColumnType withParts(String name, ColumnType.Parts parts) {
    return new ColumnType(name, type, -1, -1, -1, List.of(), parts, false);
  }

  /** A value as COPY writes it, without its escapes. */
  String value(SplittableRandom random) {
    return switch (this) {
      case EMAIL -> "anna.mueller" + random.nextInt(100_000) + "@example.com";
      case FULL_NAME -> "Anna Müller" + letters(random, 6);
      case PHONE -> People.phone(random);
      case PHONE_NUMBER -> "49" + random.nextLong(1_000_000_000L, 9_999_999_999L);
      case SCRAMBLE -> "Anna " + letters(random, 6) + " Maximilian";
      case SCRAMBLE_IBAN -> "DE" + random.nextLong(1_000_000_000_000_000L, 9_999_999_999_999_999L);
      case SCRAMBLE_SENTENCE, TEXT, REDACT, CONSTANT, NULLIFY, EMPTY, TEMPLATE ->
          "The parcel "
              + letters(random, 8)
              + " came late, "
              + "call me at noon please. ".repeat(3);
      case ID -> "" + random.nextInt(1, 100_000);
      case USERNAME -> "anna" + letters(random, 4) + random.nextInt(100);
      case HASH -> HexFormat.of().formatHex(bytes(random)) + "0123456789abcdef0123";
      case IP -> "203.0." + random.nextInt(256) + "." + random.nextInt(256);
      case DATE_SHIFT -> "19" + random.nextInt(10, 99) + "-05-" + random.nextInt(10, 28);
      case NOISE -> random.nextInt(100_000) + ".50";
      case COMPANY -> "Müller " + letters(random, 6) + " GmbH";
      case JOB -> "Senior " + letters(random, 8);
      case USER_AGENT ->
          "Mozilla/5.0 (X11; Linux x86_64; rv:" + random.nextInt(100, 140) + ".0) Gecko";
      case JSON -> "{\"name\": \"" + letters(random, 9) + "\", \"n\": 7, \"city\": \"Bonn\"}";
      case IBAN -> {
        String account = "" + random.nextLong(100_000_000_000L, 999_999_999_999L);
        byte[] raw = ("BE00" + account).getBytes(UTF_8);
        int check = Iban.checkDigits(raw, raw.length);
        yield "BE" + check / 10 + check % 10 + account;
      }
      case CREDIT_CARD -> "4" + random.nextLong(100_000_000_000_000L, 999_999_999_999_999L);
      case MAC -> HexFormat.ofDelimiter(":").formatHex(bytes(random));
      case URL -> "https://www.example.com/users/" + random.nextInt(100_000) + ".png";
      case PATTERN -> "AB-" + random.nextInt(1000, 9999);
      case ROUND -> random.nextInt(100_000) + ".50";
      case DATE_TRUNCATE -> "2024-05-" + random.nextInt(10, 28) + " 10:11:12.345";
      case POINT -> "(13." + random.nextInt(100_000) + ",52." + random.nextInt(100_000) + ")";
      case HSTORE -> "\"name\"=>\"" + letters(random, 9) + "\", \"n\"=>NULL, \"city\"=>\"Bonn\"";
      case XML ->
          "<user id=\"7\"><name>"
              + letters(random, 9)
              + "</name><city>Bonn &amp; Köln</city></user>";
      case PASSWORD -> "$2b$12$" + letters(random, 53);
      case PICK -> letters(random, 5);
      case ARRAY -> "{" + letters(random, 9) + ",NULL," + letters(random, 6) + "}";
      case COMPOSITE -> "(" + letters(random, 9) + "," + random.nextInt(100) + ")";
      case PLACEHOLDER -> "\\x" + HexFormat.of().formatHex(bytes(random));
      case FIRST_NAME, LAST_NAME, CITY -> letters(random, 7);
      case STREET -> letters(random, 9) + " " + random.nextInt(100);
      case POSTCODE -> "" + random.nextInt(10_000, 99_999);
      case ADDRESS -> letters(random, 9) + " 12, 53111 " + letters(random, 6);
      case VECTOR_NOISE ->
          random.doubles(16).mapToObj(d -> "" + (float) d).collect(joining(",", "[", "]"));
      case UUID -> new UUID(random.nextLong(), random.nextLong()).toString();
    };
  }

  private static byte[] bytes(SplittableRandom random) {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String letters(SplittableRandom random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
