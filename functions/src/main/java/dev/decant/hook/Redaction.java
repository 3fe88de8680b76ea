package dev.decant.hook;

import dev.decant.target.FilledText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces the secrets that a program got in the lines of its output. The secrets are the
 * database's password and the values of all parameters in the program's arguments. Texts are kept
 * as the bytes of UTF-8, one character for each byte, so that a cut cannot damage a character.
 *
 * <p>All secrets are replaced in one pass, and at each place the longest one is tried first. So no
 * part of a secret is left if it contains another secret. A value of several lines is searched line
 * by line, as the output is read line by line. A very short value is replaced only if it is a whole
 * word. For example, the value 2 of {@code ${TASKS}} would otherwise be replaced within every
 * number, which would reveal it.
 */
final class Redaction {
  /** The greatest length of values that are replaced only as whole words. */
  private static final int SHORT = 3;

  private static final String LETTER = "[A-Za-z0-9\\x80-\\xff]";

  /**
   * A secret and the text that replaces it.
   *
   * @param whole whether it is replaced only if it is a whole word
   */
  private record Secret(String value, String shown, boolean whole) {
    /** The secret as an alternative of a regular expression. */
    String pattern() {
      String quoted = '(' + Pattern.quote(value) + ')';
      return whole ? "(?<!" + LETTER + ")" + quoted + "(?!" + LETTER + ")" : quoted;
    }
  }

  private final List<Secret> secrets;
  private final Pattern pattern;

  private Redaction(List<Secret> secrets) {
    this.secrets = secrets;
    this.pattern =
        Pattern.compile(secrets.stream().map(Secret::pattern).collect(Collectors.joining("|")));
  }

  static Redaction of(List<FilledText> words, String password) {
    List<Secret> all = new ArrayList<>();
    add(all, password, "…");
    for (FilledText word : words) {
      word.parameters().forEach((name, value) -> add(all, value, "${" + name + '}'));
    }
    Set<String> seen = new HashSet<>();
    all.removeIf(secret -> !seen.add(secret.value()));
    all.sort(Comparator.comparingInt((Secret secret) -> secret.value().length()).reversed());
    return new Redaction(all);
  }

  private static void add(List<Secret> all, String value, String shown) {
    value
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> new Secret(utf8(line), utf8(shown), line.length() <= SHORT))
        .forEach(all::add);
  }

  /** The length of the longest secret. A secret may reach this far beyond a cut. */
  int longest() {
    return secrets.isEmpty() ? 0 : secrets.getFirst().value().length();
  }

  /**
   * The beginning of a line, in which each secret is replaced, also one that reaches beyond it.
   *
   * @param line the line, with at least {@link #longest()} characters more than are shown
   * @param most the number of characters that are shown
   */
  String replaced(CharSequence line, int most) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(line.length(), most);
    int done = 0;
    if (!secrets.isEmpty()) {
      Matcher matcher = pattern.matcher(line);
      while (matcher.find() && matcher.start() < end) {
        shown.append(line, done, matcher.start()).append(shown(matcher));
        done = matcher.end();
      }
    }
    shown.append(line, done, Math.max(done, end));
    return shown.substring(0, Math.min(shown.length(), most));
  }

  private String shown(Matcher matcher) {
    int group = 1;
    while (matcher.start(group) < 0) {
      group++;
    }
    return secrets.get(group - 1).shown();
  }

  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
