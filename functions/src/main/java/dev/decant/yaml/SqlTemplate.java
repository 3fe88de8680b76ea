package dev.decant.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Fills parameters into SQL. {@code ${NAME}} becomes a quoted literal, so a value can never be read
 * as SQL; it therefore stands outside quotes and comments. {@code $${NAME}} is the text {@code
 * ${NAME}}. Everything else is left as it is.
 *
 * <p>The lexer follows PostgreSQL's manual, 4.1 "Lexical Structure", with {@code
 * standard_conforming_strings} on.
 */
public final class SqlTemplate {
  private static final String REFERENCE = "\\$\\{(" + Parameters.NAME.pattern() + ")\\}";
  private static final Pattern ANY = Pattern.compile("\\$?" + REFERENCE);
  // Possessive: a string of megabytes must not need a stack as deep.
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<parameter>\\$?"
              + REFERENCE
              + ")|(?<quoted>(?<![A-Za-z0-9_$])[eE]'(?:[^'\\\\]++|\\\\.|'')*+'?|'[^']*+'?|\"[^\"]*+\"?|--[^\\n"
              + "\\r"
              + "]*+)|(?<tag>(?<![A-Za-z0-9_$\\x80-\\x{10ffff}])\\$(?:[A-Za-z_\\x80-\\x{10ffff}][A-Za-z0-9_\\x80-\\x{10ffff}]*+)?\\$)"
              + "|(?<comment>/\\*)",
          Pattern.DOTALL);

  private final Parameters parameters;
  private final Scope scope;
  private final Node node;
  private final String where;

  /**
   * @param where the file, for messages, or empty
   */
  public SqlTemplate(Parameters parameters, Scope scope, Node node, String where) {
    this.parameters = parameters;
    this.scope = scope;
    this.node = node;
    this.where = where;
  }

  public String fill(String sql) {
    if (!Parameters.names(sql)) {
      return sql;
    }
    StringBuilder out = new StringBuilder();
    Matcher matcher = TOKEN.matcher(sql);
    int at = 0;
    while (matcher.find(at)) {
      out.append(sql, at, matcher.start());
      if (matcher.group("parameter") != null) {
        out.append(bare(matcher.group("parameter")));
        at = matcher.end();
      } else {
        at = end(sql, matcher);
        out.append(quoted(sql.substring(matcher.start(), at)));
      }
    }
    return out.append(sql, at, sql.length()).toString();
  }

  private static int end(String sql, Matcher matcher) {
    String tag = matcher.group("tag");
    if (tag != null) {
      int close = sql.indexOf(tag, matcher.end());
      return close < 0 ? sql.length() : close + tag.length();
    }
    return matcher.group("comment") != null ? endOfComment(sql, matcher.end()) : matcher.end();
  }

  /** Comments nest. */
  private static int endOfComment(String sql, int from) {
    int depth = 1;
    int i = from;
    while (depth > 0 && i < sql.length()) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else {
        i++;
      }
    }
    return i;
  }

  private String bare(String reference) {
    if (reference.startsWith("$$")) {
      return reference.substring(1);
    }
    String name = reference.substring(2, reference.length() - 1);
    return literal(parameters.value(name, node, scope));
  }

  /** Blanks on both sides: a letter before a quote would change what the quote means. */
  static String literal(String value) {
    String doubled = value.replace("'", "''");
    return value.indexOf('\\') < 0
        ? " '" + doubled + "' "
        : " E'" + doubled.replace("\\", "\\\\") + "' ";
  }

  private String quoted(String text) {
    Matcher matcher = ANY.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      if (!matcher.group().startsWith("$$")) {
        String name = matcher.group(1);
        scope.problem(
            node,
            where
                + "${"
                + name
                + "} stands inside quotes or a comment; write it without quotes, it becomes a"
                + " quoted literal, or $${"
                + name
                + "} for the characters");
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement("${" + matcher.group(1) + "}"));
    }
    return matcher.appendTail(out).toString();
  }
}
