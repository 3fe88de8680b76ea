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
 * What a program was given and no line of its output may show: the database's password, and the
 * values of the parameters in its arguments, wherever in an argument they stand. Texts are UTF-8's
 * bytes, one character each: no cut can harm them.
 *
 * <p>All are looked for in one pass, at each place the longest first, so that neither a value that
 * is part of another nor one that is part of a name leaves a rest. A value of several lines is
 * looked for line by line, as output comes. A very short one counts as a whole word only: the 2 of
 * {@code ${TASKS}} would be found in every number, and say more than it hides.
 */
final class Redaction {
  /** Longer ones are replaced within words, too. */
  private static final int SHORT = 3;

  private static final String LETTER = "[A-Za-z0-9\\x80-\\xff]";

  /**
   * A value and what is shown in its place.
   *
   * @param whole whether it counts as a whole word only
   */
  private record Secret(String value, String shown, boolean whole) {
    /** As an alternative of a pattern. */
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

  /** Of the longest secret: how far behind a cut one may reach. */
  int longest() {
    return secrets.isEmpty() ? 0 : secrets.getFirst().value().length();
  }

  /**
   * The beginning of a line, each secret that begins in it replaced.
   *
   * @param line read {@link #longest()} further than it is shown
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
