package dev.decant.detect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

  private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*)'");

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

  private DdlDetector() {}

  /** The kinds of findings in a text, in their order; empty if nothing was found. */
  public static Set<Finding> find(String text) {
    Set<Finding> found = new TreeSet<>();
    if (hasSecret(text)) {
      found.add(Finding.SECRET);
    }
    if (hasHost(EMAIL, text)) {
      found.add(Finding.EMAIL);
    }
    if (hasHost(URL, text)) {
      found.add(Finding.URL);
    }
    return found;
  }

  /**
   * The text in which every string literal with a finding is replaced.
   *
   * @param replacement for the content of each such literal, not quoted
   * @return empty if there is a finding outside of a literal, for example in a comment, where it
   *     cannot be replaced
   */
  public static Optional<String> replace(String text, String replacement) {
    StringBuilder out = new StringBuilder();
    StringBuilder rest = new StringBuilder();
    Matcher literal = LITERAL.matcher(text);
    int done = 0;
    while (literal.find()) {
      boolean found = !find(literal.group()).isEmpty() || named(text, literal.start());
      String between = text.substring(done, literal.start());
      out.append(between);
      rest.append(between);
      out.append(found ? "'" + replacement.replace("'", "''") + "'" : literal.group());
      rest.append(found ? "''" : literal.group());
      done = literal.end();
    }
    rest.append(text.substring(done));
    return find(rest.toString()).isEmpty()
        ? Optional.of(out.append(text.substring(done)).toString())
        : Optional.empty();
  }

  /** Whether the literal that begins here is assigned to a name that means a secret. */
  private static boolean named(String text, int start) {
    Matcher assigned = ASSIGNED.matcher(text);
    while (assigned.find()) {
      if (assigned.start(1) == start + 1) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasSecret(String text) {
    Matcher literal = LITERAL.matcher(text);
    while (literal.find()) {
      String value = literal.group(1);
      if (value.length() >= 24 && SecretText.looksRandom(value)) {
        return true;
      }
    }
    Matcher assigned = ASSIGNED.matcher(text);
    while (assigned.find()) {
      if (!placeholder(assigned.group(1))) {
        return true;
      }
    }
    return SecretText.findKnown(text).isPresent();
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
