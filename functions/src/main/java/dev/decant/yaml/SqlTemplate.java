package dev.decant.yaml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.schema.SqlQuotes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Fills parameters into SQL. {@code ${NAME}} becomes a quoted literal, so a value can never be read
 * as SQL. A parameter must therefore stand outside of quotes and comments. {@code $${NAME}} stands
 * for the text {@code ${NAME}}. The rest of the text is not changed.
 *
 * <p>{@link SqlQuotes} finds the quotes and the comments.
 */
public final class SqlTemplate {
  private static final String REFERENCE = "\\$\\{(" + Parameters.NAME.pattern() + ")\\}";
  private static final Pattern ANY = Pattern.compile("\\$?" + REFERENCE);

  private final Parameters parameters;
  private final Scope scope;
  private final Node node;
  private final String where;

  /**
   * @param where the name of the file at the start of messages, or empty
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
    byte[] text = sql.getBytes(UTF_8);
    Matcher reference = ANY.matcher(new String(text, ISO_8859_1)); // one character for each byte
    StringBuilder out = new StringBuilder();
    int copied = 0;
    int at = 0;
    while (at < text.length) {
      int start = at;
      boolean bare = text[at] == '$' && reference.region(at, text.length).lookingAt();
      at = bare ? reference.end() : SqlQuotes.end(text, at);
      if (at == start) {
        at++;
      } else {
        out.append(text(text, copied, start));
        out.append(bare ? bare(reference.group()) : quoted(text(text, start, at)));
        copied = at;
      }
    }
    String filled = out.append(text(text, copied, text.length)).toString();
    parameters.remember(filled, sql);
    return filled;
  }

  private static String text(byte[] text, int from, int to) {
    return new String(text, from, to - from, UTF_8);
  }

  private String bare(String reference) {
    if (reference.startsWith("$$")) {
      return reference.substring(1);
    }
    String name = reference.substring(2, reference.length() - 1);
    return literal(parameters.value(name, node, scope));
  }

  /** A literal with blanks on both sides, because a letter before a quote changes its meaning. */
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
                + "} stands inside quotes or a comment. Write it without quotes, because it becomes"
                + " a quoted literal, or write $${"
                + name
                + "} for the characters.");
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement("${" + matcher.group(1) + "}"));
    }
    return matcher.appendTail(out).toString();
  }
}
