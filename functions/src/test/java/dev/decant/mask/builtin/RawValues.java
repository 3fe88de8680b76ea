package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.mask.value.ArrayText;
import dev.decant.schema.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Seeded raw values of every type as COPY writes them. Some of them are unusual. */
final class RawValues {
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-_@\n\t\\\"{}'äöüßÄÖÜéñ"
          + "жЖя漢字ひらがな한글عربي٣٤😀𝒜ﬀ\u0301\u0001";

  private final Random random;
  private final ColumnType type;

  RawValues(ColumnType type, long seed) {
    this.type = type;
    random = new Random(seed);
  }

  /** Distinct values. There are fewer than requested if the type has no more. */
  Set<String> distinct(int count) {
    Set<String> values = new LinkedHashSet<>();
    for (int i = 0; i < count * 3 && values.size() < count; i++) {
      values.add(next(i));
    }
    return values;
  }

  private String next(int i) {
    return switch (type.category()) {
      case TEXT -> text(i);
      case SMALLINT -> integer(16, i);
      case INTEGER -> integer(32, i);
      case BIGINT -> integer(64, i);
      case NUMERIC -> numeric(i);
      case FLOAT -> floating(i);
      case BOOLEAN -> random.nextBoolean() ? "t" : "f";
      case DATE -> date(i);
      case TIMESTAMP -> timestamp(i);
      case UUID -> new UUID(random.nextLong(), random.nextLong()).toString();
      case BYTEA -> bytea();
      case JSON -> json(4);
      case INET -> inet(i);
      case CIDR -> cidr(i);
      case ENUM -> pick(type.labels());
      case MACADDR -> mac();
      case POINT -> point(i);
      case OTHER -> vector(i);
      case HSTORE -> hstore(i);
      case XML -> xml(i);
      case ARRAY -> array(i);
      case RANGE -> range(i);
      case COMPOSITE -> at(i, List.of("(,)", "(\"\",)"), "(\"a, \"\"" + i + "\"\"\"," + i + ")");
      default -> "x";
    };
  }

  private static String at(int i, List<String> odd, String otherwise) {
    return i < odd.size() ? odd.get(i) : otherwise;
  }

  private String pick(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String text(int i) {
    int max = type.maxLength() < 0 ? 60 : type.maxLength();
    String text =
        switch (i % 6) {
          case 0 -> letters(1 + random.nextInt(max));
          case 1 -> "user" + i + "@example.com";
          case 2 -> "+49 170 " + (1_000_000 + i);
          case 3 -> i + "";
          case 4 -> new UUID(random.nextLong(), random.nextLong()).toString();
          default -> inet(i);
        };
    text = i == 0 ? "" : i == 1 ? "a" : i == 2 ? "@" : text;
    String cut = text;
    while (type.length().of(cut) > max) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    // Two values of a char(n) that differ only in trailing blanks are equal.
    return type.name().startsWith("character(") ? cut.stripTrailing() : cut;
  }

  private String letters(int length) {
    int[] all = LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(all[random.nextInt(all.length)]);
    }
    return text.toString();
  }

  private String integer(int bits, int i) {
    long least = -1L << (bits - 1);
    List<String> odd = List.of("0", "1", "-1", least + "", (-1 - least) + "", (least + 1) + "");
    return at(i, odd, (random.nextLong() >> (64 - bits + random.nextInt(bits - 1))) + "");
  }

  private String numeric(int i) {
    if (type.precision() > 0) {
      BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
      BigInteger digits =
          i == 0 ? most : new BigInteger(1 + random.nextInt(most.bitLength()), random).min(most);
      return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), type.scale())
          .toPlainString();
    }
    BigDecimal number =
        new BigDecimal(new BigInteger(1 + random.nextInt(200), random), random.nextInt(30));
    return at(i, List.of("NaN", "Infinity", "-Infinity", "0", "0.000"), number.toPlainString());
  }

  private String floating(int i) {
    if (type.name().equals("real")) {
      float number = Float.intBitsToFloat(random.nextInt());
      return at(
          i,
          List.of("NaN", "Infinity", "-0", "3.4028235e+38", "1e-45", "-3.4028235e+38"),
          Float.isFinite(number) ? postgres(number + "") : "1");
    }
    double number = Double.longBitsToDouble(random.nextLong());
    return at(
        i,
        List.of("NaN", "-Infinity", "0", "1.7976931348623157e+308", "5e-324"),
        Double.isFinite(number) ? postgres(number + "") : "-1.5");
  }

  private static String postgres(String java) {
    int e = java.indexOf('E');
    return e < 0
        ? java
        : java.substring(0, e) + (java.charAt(e + 1) == '-' ? "e" : "e+") + java.substring(e + 1);
  }

  private String date(int i) {
    String date = LocalDate.ofEpochDay(random.nextInt(60_000) - 20_000).toString();
    return at(
        i,
        List.of(
            "infinity",
            "-infinity",
            "4714-11-24 BC",
            "5874897-12-31",
            "0001-01-01",
            "0001-12-31 BC",
            "9999-12-31",
            "10000-01-01",
            "2024-02-29",
            "0005-02-28 BC"),
        date);
  }

  private String timestamp(int i) {
    boolean zone = type.name().endsWith("with time zone");
    String end = zone ? pick(List.of("+00", "+02", "-03:30", "+05:53:28")) : "";
    String day = LocalDate.ofEpochDay(random.nextInt(60_000) - 20_000).toString();
    String time = String.format(java.util.Locale.ROOT, " %02d:%02d:%02d", i % 24, i % 60, i % 59);
    String fraction = pick(List.of("", ".5", ".123456"));
    return at(
        i,
        List.of(
            "infinity",
            "-infinity",
            "4714-11-24 00:00:00" + end + " BC",
            "294276-12-31 23:59:59.999999" + end),
        day + time + fraction + end);
  }

  private String bytea() {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return "\\x" + HexFormat.of().formatHex(bytes);
  }

  private String v4() {
    return random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256);
  }

  private String v6() {
    return String.format(
        java.util.Locale.ROOT,
        "2001:db8:%x:%x::%x",
        1 + random.nextInt(0xffff),
        1 + random.nextInt(0xffff),
        1 + random.nextInt(0xffff));
  }

  private String inet(int i) {
    String address = random.nextBoolean() ? v4() : v6();
    return at(
        i,
        List.of("0.0.0.0", "255.255.255.255", "::", "::1", "10.0.0.0/8", "::ffff:1.2.3.4", "::/0"),
        random.nextInt(4) == 0 ? address + "/" + (1 + random.nextInt(31)) : address);
  }

  private String cidr(int i) {
    int network = random.nextInt(33);
    long address = random.nextInt(Integer.MAX_VALUE) * 2L;
    address = network == 0 ? 0 : address >>> (32 - network) << (32 - network);
    String v4 =
        (address >> 24)
            + "."
            + (address >> 16 & 255)
            + "."
            + (address >> 8 & 255)
            + "."
            + (address & 255)
            + "/"
            + network;
    return at(
        i,
        List.of("0.0.0.0/0", "::/0", "2001:db8::/32", "::1/128", "192.0.2.1/32", "2001:db8:5::/48"),
        v4);
  }

  private String point(int i) {
    double x = random.nextDouble(-180, 180);
    double y = random.nextDouble(-90, 90);
    return at(
        i,
        List.of("(180,90)", "(-180,-90)", "(0,0)", "(NaN,1)", "(-Infinity,2)", "(1e+300,-2.5e-07)"),
        "(" + x + "," + (float) y + ")");
  }

  /** A vector of pgvector with three numbers. */
  private String vector(int i) {
    return at(
        i,
        List.of("[0,0,0]", "[3.4028235e+38,-1,1e-45]"),
        "[" + random.nextFloat() + "," + -random.nextFloat() + "," + random.nextInt(9) + "]");
  }

  private String hstore(int i) {
    return i == 0
        ? ""
        : "\"name\"=>"
            + quoted(letters(1 + random.nextInt(20)))
            + ", \"a\\\"b\"=>NULL, "
            + quoted(letters(3))
            + "=>\""
            + i
            + "\"";
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private String xml(int i) {
    String text = letters(1 + random.nextInt(20)).replace("\u0001", "");
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    return at(
        i,
        List.of("", "text only", "<a/>", "<a b='c'/> tail", "<a><![CDATA[x<y]]></a>"),
        "<p:person xmlns:p=\"urn:p\" id=\""
            + i
            + "\"><!-- note --><email>user"
            + i
            + "@example.com</email>\n <p:name>"
            + escaped
            + "&#228;</p:name></p:person>");
  }

  private String mac() {
    int bytes = type.name().equals("macaddr8") ? 8 : 6;
    return HexFormat.ofDelimiter(":").formatHex(bytes(bytes));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String array(int i) {
    ColumnType element = type.element();
    if (i == 0 || element == null) {
      return "{}";
    }
    List<String> values = List.copyOf(new RawValues(element, random.nextLong()).distinct(8));
    ArrayText text = ArrayText.of(element.name());
    Bytes array = new Bytes(64);
    array.append(i % 5 == 1 ? "[2:4]={NULL" : "{NULL");
    for (int n = 0; n < 2; n++) {
      byte[] value = pick(values).getBytes(StandardCharsets.UTF_8);
      array.append((byte) ',');
      text.encode(value, 0, value.length, array);
    }
    array.append((byte) '}');
    return new String(array.array(), 0, array.length(), StandardCharsets.UTF_8);
  }

  private String json(int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0 ->
          "\""
              + pick(List.of("", "a@b.de", "\\u00e4\\n", "\\ud83d\\ude00", "ä😀", "\\ud800"))
              + "\"";
      case 1 -> pick(List.of("0", "-1", "12.50", "1e5", "-0.001E-7", "12345678901234567890123"));
      case 2 -> pick(List.of("true", "false", "null"));
      case 3 -> "{}";
      case 4 -> "[ ]";
      case 5 -> "[" + json(depth - 1) + ", " + json(depth - 1) + "]";
      default ->
          "{\"email\": "
              + json(depth - 1)
              + ", \"a\\\"b\" :"
              + json(depth - 1)
              + ",\"list\":["
              + json(depth - 1)
              + "]}";
    };
  }

  private String range(int i) {
    ColumnType bounds = Objects.requireNonNull(type.element());
    List<String> two = List.copyOf(new RawValues(bounds, i).distinct(12)).subList(10, 12);
    String text = "[\"" + two.get(0) + "\",\"" + two.get(1) + "\")";
    return at(i, List.of("empty", "(,)", "[" + two.get(0) + ",)"), text);
  }
}
