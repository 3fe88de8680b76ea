package dev.decant.policy;

import dev.decant.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Guesses masks from names and types, the likeliest first. */
final class Guesses {
  private record Guess(Pattern name, String mask) {
    Guess(String name, String mask) {
      this(Pattern.compile("(^|_)(" + name + ")($|_)"), mask);
    }
  }

  private static final List<Guess> TEXTS =
      List.of(
          new Guess("e?_?mails?|email_address", "email"),
          new Guess("user_?agent|agent", "user-agent"),
          new Guess("pass(word|wd)?|pwd|password_hash|hashed_password|password_digest", "password"),
          new Guess("phone|mobile|tel|telephone|fax|msisdn|telefon", "phone"),
          new Guess("first_?name|given_?name|fname|vorname", "first-name"),
          new Guess("last_?name|sur_?name|family_?name|lname|nachname", "last-name"),
          new Guess("full_?name|display_?name|real_?name", "full-name"),
          new Guess("user_?name|login|nick(name)?|handle", "username"),
          new Guess("company|organi[sz]ation|employer|firma", "company"),
          new Guess("street|address_?line_?[0-9]?|strasse", "street"),
          new Guess("city|town|ort", "city"),
          new Guess("zip|zip_?code|post_?code|postal_?code|plz", "postcode"),
          new Guess("ip|ip_?addr(ess)?|remote_addr", "ip"),
          new Guess("address|addr|anschrift", "address"),
          new Guess("iban", "iban"),
          new Guess("card_?number|credit_?card|pan", "credit-card"),
          new Guess("url|link|website|homepage|href|uri", "url"),
          new Guess("token|secret|api_?key|key|session_?key|digest|hash|checksum", "hash"),
          new Guess(
              "notes?|comments?|message|body|description|bio|text|content|subject|summary",
              "text"));

  private Guesses() {}

  /** Candidates; whether they serve the column is not looked at. */
  static List<String> of(Column column) {
    String name = column.name().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    boolean key = name.equals("id") || name.endsWith("_id");
    return switch (column.type().category()) {
      case TEXT -> text(name);
      case SMALLINT, INTEGER, BIGINT ->
          key ? List.of("keep") : named(name, "phone", List.of("noise", "id"));
      case NUMERIC, FLOAT -> List.of("noise", "round");
      case BOOLEAN, ENUM -> List.of("keep");
      case TIMESTAMP ->
          name.endsWith("_at") && !name.contains("birth")
              ? List.of("keep")
              : List.of("date-shift", "date-truncate");
      case DATE -> List.of("date-shift", "date-truncate");
      case UUID -> key ? List.of("keep") : List.of("uuid", "id");
      case BYTEA -> List.of("placeholder", "empty", "hash");
      case JSON -> List.of("json", "empty");
      case XML -> List.of("xml");
      case HSTORE -> List.of("hstore");
      case INET, CIDR -> List.of("ip");
      case MACADDR -> List.of("mac");
      case POINT -> List.of("point");
      case ARRAY -> List.of("array", "empty");
      case TSVECTOR -> List.of("empty");
      case TIME, INTERVAL, RANGE, COMPOSITE, OTHER -> List.of();
    };
  }

  private static List<String> named(String name, String mask, List<String> others) {
    List<String> all = new ArrayList<>(others);
    if (text(name).contains(mask)) {
      all.addFirst(mask);
    }
    return all;
  }

  private static List<String> text(String name) {
    return TEXTS.stream().filter(g -> g.name.matcher(name).find()).map(Guess::mask).toList();
  }
}
