package dev.decant.policy;

import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Guesses from a column's name and type what it holds. Says nothing of keys: whether a number
 * refers to a row depends on the constraints of the schema, not on a name.
 */
final class Detection {
  /**
   * What a column may hold.
   *
   * @param masks candidates, the likeliest first; whether they serve the column is not looked at
   * @param sure whether nobody needs to look at the first candidate again
   */
  record Detected(List<String> masks, boolean sure) {
    Detected {
      masks = List.copyOf(masks);
    }
  }

  private record Known(Pattern name, String mask) {
    Known(String name, String mask) {
      this(Pattern.compile("(^|_)(" + name + ")($|_)"), mask);
    }
  }

  private static final List<Known> TEXTS =
      List.of(
          new Known("e?_?mails?|email_address", "email"),
          new Known("user_?agent|agent", "user-agent"),
          new Known("pass(word|wd)?|pwd|password_hash|hashed_password|password_digest", "password"),
          new Known("phone|mobile|tel|telephone|fax|msisdn|telefon", "phone"),
          new Known("first_?name|given_?name|fname|vorname", "first-name"),
          new Known("last_?name|sur_?name|family_?name|lname|nachname", "last-name"),
          new Known("full_?name|display_?name|real_?name", "full-name"),
          new Known("user_?name|login|nick(name)?|handle", "username"),
          new Known("company|organi[sz]ation|employer|firma", "company"),
          new Known("street|address_?line_?[0-9]?|strasse", "street"),
          new Known("city|town|ort", "city"),
          new Known("zip|zip_?code|post_?code|postal_?code|plz", "postcode"),
          new Known("ip|ip_?addr(ess)?|remote_addr", "ip"),
          new Known("address|addr|anschrift", "address"),
          new Known("iban", "iban"),
          new Known("card_?number|credit_?card|pan", "credit-card"),
          new Known("url|link|website|homepage|href|uri", "url"),
          new Known("token|secret|api_?key|key|session_?key|digest|hash|checksum", "hash"),
          new Known(
              "notes?|comments?|message|body|description|bio|text|content|subject|summary",
              "text"));

  /** Whole names of columns that describe a row and say nothing about a person. */
  private static final Pattern TECHNICAL =
      Pattern.compile(
          "(created|updated|inserted|modified)(_(at|on|time))?"
              + "|(is_)?(active|enabled|archived|published|deleted|visible|default|draft|hidden)"
              + "|(lock_)?version|revision|(sort_|display_)?(position|order|rank)");

  private Detection() {}

  static Detected of(Column column) {
    String name = ColumnWords.of(column.name());
    TypeCategory category = column.type().category();
    if (category != TypeCategory.TEXT && TECHNICAL.matcher(name).matches()) {
      return new Detected(List.of("keep"), true);
    }
    return switch (category) {
      case TEXT -> new Detected(text(name), !text(name).isEmpty());
      case SMALLINT, INTEGER, BIGINT -> integer(name);
      case NUMERIC, FLOAT -> unsure("noise", "round");
      case BOOLEAN -> unsure("nullify", "constant");
      case ENUM -> unsure("pick", "nullify", "constant");
      case TIMESTAMP, DATE -> new Detected(List.of("date-shift", "date-truncate"), true);
      case UUID -> unsure("uuid", "id");
      case BYTEA -> unsure("placeholder", "empty", "hash");
      case JSON -> unsure("json", "empty");
      case XML -> unsure("xml", "empty");
      case HSTORE -> unsure("hstore", "empty");
      case INET, CIDR -> new Detected(List.of("ip"), true);
      case MACADDR -> new Detected(List.of("mac"), true);
      case POINT -> unsure("point");
      case ARRAY -> unsure("array", "empty");
      case TSVECTOR -> new Detected(List.of("empty"), true);
      case TIME, INTERVAL, RANGE, COMPOSITE, OTHER -> unsure();
    };
  }

  private static Detected unsure(String... masks) {
    return new Detected(List.of(masks), false);
  }

  /** Names that end with id are numbers of something or somebody: another number of that kind. */
  private static Detected integer(String name) {
    List<String> masks = new ArrayList<>();
    if (text(name).contains("phone")) {
      masks.add("phone");
    }
    boolean number = Pattern.compile("(^|_)(id|no|nr|num|number|code)$").matcher(name).find();
    masks.addAll(number ? List.of("id", "noise") : List.of("noise", "id"));
    return new Detected(masks, masks.getFirst().equals("phone"));
  }

  private static List<String> text(String name) {
    return TEXTS.stream().filter(k -> k.name.matcher(name).find()).map(Known::mask).toList();
  }
}
