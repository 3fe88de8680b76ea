package dev.decant.detect.ddl;

import com.google.re2j.Pattern;
import dev.decant.detect.ddl.DdlDetector.Finding;
import dev.decant.schema.SqlQuotes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The text of one statement, cut into string constants, comments and code. The bodies of functions
 * in SQL and PL/pgSQL are cut too. A body in another language is code, because its quotes follow
 * other rules.
 */
final class DdlParts {
  /** A string constant with its quotes, or a comment; the code between them has no part. */
  private record Part(int from, int to, boolean comment) {}

  private static final Pattern ROUTINE =
      Pattern.compile("(?i)^\\s*create\\s+(?:or\\s+replace\\s+)?(?:function|procedure)\\b");

  private static final Pattern SQL_BODY =
      Pattern.compile("(?i)\\blanguage\\s+[\"']?(?:sql|plpgsql)\\b");

  private static final Pattern BODY_FOLLOWS = Pattern.compile("(?i)(?:^|[^a-z0-9_$])as\\s*$");

  private final byte[] bytes;

  /** One character for each byte, so that positions are the same. */
  private final String text;

  private final boolean backslashEscapes;
  private final boolean routine;
  private final List<Part> found = new ArrayList<>();
  private final Set<Finding> findings;

  /**
   * Cuts a statement into parts and searches them.
   *
   * @param backslashEscapes whether backslashes escape in plain strings
   */
  DdlParts(byte[] bytes, boolean backslashEscapes) {
    this.bytes = bytes;
    this.text = new String(bytes, StandardCharsets.ISO_8859_1);
    this.backslashEscapes = backslashEscapes;
    this.routine = ROUTINE.matcher(text).find();
    List<Part> parts = new ArrayList<>();
    cut(bytes, 0, false, parts);
    Set<Integer> assigned = DdlDetector.assignedSecrets(text);
    Set<Finding> all = EnumSet.noneOf(Finding.class);
    for (Part part : parts) {
      Set<Finding> ofPart = look(part, assigned);
      if (!ofPart.isEmpty()) {
        found.add(part);
        all.addAll(ofPart);
      }
    }
    all.addAll(DdlDetector.inText(text));
    this.findings = all;
  }

  private Set<Finding> look(Part part, Set<Integer> assigned) {
    String content = text.substring(part.from, part.to);
    Set<Finding> ofPart = DdlDetector.inText(content);
    boolean secret =
        !part.comment
            && (assigned.contains(part.from)
                || DdlDetector.isRandom(content.substring(1, Math.max(1, content.length() - 1))));
    if (secret) {
      ofPart.add(Finding.SECRET);
    }
    return ofPart;
  }

  /** The kinds of findings in the text. */
  Set<Finding> findings() {
    return findings;
  }

  /** The kinds of findings in the code, which cannot be replaced. */
  Set<Finding> inCode() {
    return findings.isEmpty()
        ? Set.of()
        : DdlDetector.inText(new String(replaced(""), StandardCharsets.ISO_8859_1));
  }

  /**
   * A text that can stand for all constants with a finding, as a proposal for a rule. If one of
   * them is JSON, the text is JSON, too, because a column of text also accepts JSON.
   */
  String substitute() {
    List<String> contents =
        found.stream().filter(p -> !p.comment).map(p -> text.substring(p.from + 1, p.to)).toList();
    for (String json : List.of("{}", "[]")) {
      if (contents.stream().anyMatch(c -> c.startsWith(json.substring(0, 1)))) {
        return json;
      }
    }
    if (!contents.isEmpty() && contents.stream().allMatch(c -> c.startsWith("http"))) {
      return "https://redacted.invalid";
    }
    return findings.equals(Set.of(Finding.EMAIL)) ? "nobody@redacted.invalid" : "redacted";
  }

  /** The text in which the given text replaces each constant and comment with a finding. */
  byte[] replaced(String with) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    int done = 0;
    for (Part part : found) {
      out.write(bytes, done, part.from - done);
      out.writeBytes(replacement(part, with).getBytes(StandardCharsets.UTF_8));
      done = part.to;
    }
    out.write(bytes, done, bytes.length - done);
    return out.toByteArray();
  }

  private String replacement(Part part, String with) {
    if (!part.comment) {
      return "'" + with.replace("'", "''") + "'";
    }
    return bytes[part.from] == '-' ? "-- " + with : "/* " + with + " */";
  }

  /**
   * Adds the parts of a piece of SQL.
   *
   * @param offset of the piece in the statement
   * @param body whether the piece is the body of a routine
   */
  private void cut(byte[] piece, int offset, boolean body, List<Part> parts) {
    int at = 0;
    while (at < piece.length) {
      int end = end(piece, at);
      if (end == at) {
        at++;
        continue;
      }
      if (piece[at] == '-' || piece[at] == '/') {
        parts.add(new Part(offset + at, offset + end, true));
      } else if (piece[at] != '"') {
        constant(piece, at, end, offset, body, parts);
      }
      at = end;
    }
  }

  private void constant(byte[] piece, int at, int end, int offset, boolean body, List<Part> parts) {
    if (body || !routine || !isBody(piece, at)) {
      parts.add(new Part(offset + at, offset + end, false));
    } else if (piece[at] == '$' && SQL_BODY.matcher(text).find()) {
      int tag = text.indexOf('$', at + 1) + 1 - at;
      int close = Math.max(at + tag, end - tag);
      cut(Arrays.copyOfRange(piece, at + tag, close), offset + at + tag, true, parts);
    }
  }

  /** The body of a routine is dollar-quoted, or follows the word AS. */
  private boolean isBody(byte[] piece, int at) {
    return piece[at] == '$' || BODY_FOLLOWS.matcher(text.substring(0, at)).find();
  }

  private int end(byte[] piece, int at) {
    if (piece[at] == '\'' && backslashEscapes) {
      int end = SqlQuotes.closing(piece, at, piece.length, true);
      return end == SqlQuotes.MORE ? piece.length : end;
    }
    return SqlQuotes.end(piece, at);
  }
}
