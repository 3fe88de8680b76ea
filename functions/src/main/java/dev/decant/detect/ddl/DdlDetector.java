package dev.decant.detect.ddl;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.decant.detect.value.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds secrets, e-mail addresses and URLs in the text of DDL, which should not leave production.
 * They occur in the arguments of triggers, in defaults, in the bodies of functions and views, in
 * CHECKs and comments, and in the options of foreign servers. All expressions run in linear time.
 */
public final class DdlDetector {
  /** A kind of finding in one text, without the text itself. */
  public enum Finding {
    SECRET("a secret"),
    EMAIL("an e-mail address"),
    URL("a URL");

    private final String label;

    Finding(String label) {
      this.label = label;
    }

    /** A phrase for messages. */
    public String label() {
      return label;
    }
  }

  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._%+-]+@((?:[A-Za-z0-9-]+\\.)+[A-Za-z]{2,24})");

  private static final Pattern URL =
      Pattern.compile("(?i)\\b(?:https?|wss?|amqps?)://([^\\s/'\"<>?#)]+)");

  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(?:password|passwd|passphrase|secret|api_?key|access_?key|auth_?token|token)[\"']*"
              + "\\s*(?:=>|:=|=|:)?\\s*'([^'\\s]{6,})'");

  /** Hosts that are reserved for documents and standards, and hosts that lead nowhere. */
  private static final Pattern HARMLESS_HOST =
      Pattern.compile(
          "(?i)(?:[^@]*@)?(?:localhost|127\\.0\\.0\\.1|(?:.*\\.)?(?:example|invalid|test|localhost|local)"
              + "|(?:.*\\.)?example\\.(?:com|org|net)|(?:.*\\.)?(?:w3|postgresql|json-schema|schema"
              + "|wikipedia|ietf|iana|unicode|iso|xmlsoap|purl|opengis|postgis|gnu|apache"
              + "|creativecommons|opensource|stackoverflow)\\.(?:org|net|com))(?::[0-9]+)?");

  /**
   * {@code api_token text DEFAULT 'k3yOfTheShop'}, {@code ALTER COLUMN api_key SET DEFAULT '…'}.
   */
  private static final Pattern DEFAULTED =
      Pattern.compile(
          "(?i)(?:password|passwd|passphrase|secret|api_?key|access_?key|token)\"?"
              + "\\s+(?:set|[a-z][a-z. ]*(?:\\([0-9]+\\))?)\\s+default\\s+'([^'\\s]{6,})'");

  /** A member of a JSON text in a constant: {@code {"x-api-key": "…"}}. */
  private static final Pattern MEMBER =
      Pattern.compile(
          "(?i)(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|token)\""
              + "\\s*:\\s*\"([^\"\\s]{6,})\"");

  /** Parts of the names that the expressions above look for. */
  private static final List<String> NAMES_OF_SECRETS = List.of("pass", "secret", "key", "token");

  private static final List<String> MARKS =
      List.of("bearer", "basic", "token", "apikey", "api-key", "eyj", "://", "-----begin", "$");

  private static final int SHORTEST_TOKEN = 14;

  private static final Pattern DIGIT = Pattern.compile("[0-9]");

  private DdlDetector() {}

  /** Findings as a phrase for messages: {@code a secret, a URL}. */
  public static String labels(Set<Finding> findings) {
    return findings.stream().sorted().map(Finding::label).collect(Collectors.joining(", "));
  }

  /** The kinds of findings in a statement, in their order; empty if nothing was found. */
  public static Set<Finding> find(String statement) {
    return new DdlParts(statement.getBytes(StandardCharsets.UTF_8), false).findings();
  }

  /**
   * The statement in which every string constant and every comment with a finding is replaced.
   * Findings in code stay; see {@link DdlFinding#inCode}.
   *
   * @param backslashEscapes whether backslashes escape in plain strings
   * @param replacement the content of each such constant or comment, not quoted; without
   *     backslashes, dollar signs and control characters
   */
  public static byte[] replace(byte[] statement, boolean backslashEscapes, String replacement) {
    return new DdlParts(statement, backslashEscapes).replaced(replacement);
  }

  /** The findings in a text, without regard to its quotes. */
  static Set<Finding> inText(String text) {
    Set<Finding> found = EnumSet.noneOf(Finding.class);
    String lower = text.toLowerCase(Locale.ROOT);
    boolean named = NAMES_OF_SECRETS.stream().anyMatch(lower::contains);
    boolean secret =
        (mayHoldToken(text, lower) && SecretText.findKnown(text).isPresent())
            || (named && (!assigned(text).isEmpty() || !values(MEMBER, text).isEmpty()));
    if (secret) {
      found.add(Finding.SECRET);
    }
    if (text.indexOf('@') >= 0 && hasHost(EMAIL, text)) {
      found.add(Finding.EMAIL);
    }
    if (text.contains("://") && hasHost(URL, text)) {
      found.add(Finding.URL);
    }
    return found;
  }

  /**
   * Whether the expressions for known secrets can match. This check takes a hundredth of the time
   * of the expressions. It looks for a header, a URL, a private key, a hash, or a word of 14
   * characters that has a digit.
   */
  private static boolean mayHoldToken(String text, String lower) {
    if (MARKS.stream().anyMatch(lower::contains)) {
      return true;
    }
    int length = 0;
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean isDigit = c >= '0' && c <= '9';
      length = letter || isDigit || c == '_' || c == '-' || c == '.' ? length + 1 : 0;
      digit = length > 0 && (digit || isDigit);
      if (digit && length >= SHORTEST_TOKEN) {
        return true;
      }
    }
    return false;
  }

  /** Whether the content of a string constant looks like a token. */
  static boolean isRandom(String content) {
    return content.length() >= 24 && SecretText.looksRandom(content);
  }

  /** The positions of the quotes of constants that are assigned to a name that means a secret. */
  static Set<Integer> assignedSecrets(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return NAMES_OF_SECRETS.stream().anyMatch(lower::contains) ? assigned(text) : Set.of();
  }

  private static Set<Integer> assigned(String text) {
    Set<Integer> quotes = values(DEFAULTED, text);
    Matcher assigned = ASSIGNED.matcher(text);
    while (assigned.find()) {
      if (!placeholder(assigned.group(1))) {
        quotes.add(assigned.start(1) - 1);
      }
    }
    return quotes;
  }

  /**
   * The positions of the quotes before values with a digit. A value without a digit is usually a
   * word for a state and not a secret.
   */
  private static Set<Integer> values(Pattern pattern, String text) {
    Set<Integer> quotes = new HashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      String value = matcher.group(1);
      if (DIGIT.matcher(value).find() && !placeholder(value)) {
        quotes.add(matcher.start(1) - 1);
      }
    }
    return quotes;
  }

  /** {@code '<your key>'}, {@code '${TOKEN}'}, {@code 'redacted'}: placeholders for a secret. */
  private static boolean placeholder(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return value.matches("[<$%{\\[*].*")
        || Set.of("redacted", "[redacted]", "changeme", "unknown", "default").contains(lower)
        || value.matches("[a-z_]+(\\.[a-z_]+)+");
  }

  private static boolean hasHost(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      if (!HARMLESS_HOST.matches(matcher.group(1))) {
        return true;
      }
    }
    return false;
  }
}
