package dev.decant.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.copy.Bytes;
import dev.decant.copy.CopyRow;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.mask.value.Iban;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time of one mask for one value in one thread, in nanoseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaskBenchmark {
  private static final int VALUES = 1024;

  /** A mask and the values that it gets. */
  @SuppressWarnings("ImmutableEnumChecker") // Map.of is immutable
  public enum Case {
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
    XML("xml", TypeCategory.XML);

    private final String mask;
    private final TypeCategory type;
    private final Map<String, Object> options;

    Case(String mask, TypeCategory type) {
      this.mask = mask;
      this.type = type;
      options = Map.of();
    }

    Case(String mask, TypeCategory type, String option, Object value) {
      this.mask = mask;
      this.type = type;
      options = Map.of(option, value);
    }

    private String value(SplittableRandom random) {
      return switch (this) {
        case EMAIL -> "anna.mueller" + random.nextInt(100_000) + "@example.com";
        case FULL_NAME -> "Anna Müller" + letters(random, 6);
        case PHONE -> People.phone(random);
        case PHONE_NUMBER -> "49" + random.nextLong(1_000_000_000L, 9_999_999_999L);
        case SCRAMBLE -> "Anna " + letters(random, 6) + " Maximilian";
        case SCRAMBLE_IBAN ->
            "DE" + random.nextLong(1_000_000_000_000_000L, 9_999_999_999_999_999L);
        case SCRAMBLE_SENTENCE, TEXT ->
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
        case UUID -> new UUID(random.nextLong(), random.nextLong()).toString();
      };
    }
  }

  /** The mask to measure. */
  @Param public Case value = Case.EMAIL;

  private final byte[][] values = new byte[VALUES][];
  private final Bytes out = new Bytes(1 << 16);
  private final CopyRow row = new CopyRow();
  private Mask mask = (bytes, from, to, view, to2) -> true;

  /** Makes the values and the mask. */
  @Setup
  public void make() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < VALUES; i++) {
      values[i] = value.value(random).getBytes(UTF_8);
    }
    MaskingKey key = new MaskingKey(new byte[MaskingKey.MIN_BYTES]);
    ColumnType type = ColumnType.of(value.type.name(), value.type);
    mask =
        new TableMaskKit(BuiltInMasks.standard(), key, Locale.GERMAN, List.of("c"))
            .mask(
                MaskSpec.of(value.mask, value.options), new Column("c", type, true, false, false));
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

  /** Masks each value once. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public int mask() {
    int length = 0;
    for (byte[] raw : values) {
      out.clear();
      mask.apply(raw, 0, raw.length, row, out);
      length += out.length();
    }
    return length;
  }
}
