package dev.decant.mask.value;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import java.nio.charset.StandardCharsets;

/**
 * Rewrites the texts and the attributes of XML 1.0 while it reads it, without a tree. The names of
 * elements and attributes, namespaces, languages, and blanks around texts stay. Comments,
 * processing instructions and document type declarations are left out, because they can hold
 * anything. CDATA becomes text. An entity that XML itself does not define becomes the text of its
 * reference. Only one thread may use an instance.
 */
public final class XmlText {
  private static final byte[] DECLARATION = ascii("<?xml ");
  private static final byte[] COMMENT = ascii("<!--");
  private static final byte[] COMMENT_END = ascii("-->");
  private static final byte[] CDATA = ascii("<![CDATA[");
  private static final byte[] CDATA_END = ascii("]]>");
  private static final byte[] INSTRUCTION_END = ascii("?>");
  private static final byte[] NAMESPACE = ascii("xmlns=");
  private static final byte[] PREFIX = ascii("xmlns:");
  private static final byte[] LANGUAGE = ascii("xml:lang=");
  private static final byte[] SPACE = ascii("xml:space=");

  /** Receives the parts of a document in their order. */
  public interface Parts {
    /** An element begins; its name is at {@code [from, to)}. */
    void begin(byte[] value, int from, int to);

    /** The innermost element ends. */
    void end();

    /**
     * Appends the new value of an attribute of the innermost element, whose name is at {@code
     * [from, to)}. The new text has no entities.
     */
    void attribute(byte[] value, int from, int to, Bytes text, RowView row, Bytes out);

    /** Appends the new text in place of one that directly belongs to the innermost element. */
    void text(Bytes text, RowView row, Bytes out);
  }

  private final Parts parts;
  private final XmlEntities entities = new XmlEntities();
  private final Bytes raw = new Bytes(256);
  private final Bytes replaced = new Bytes(256);
  private byte[] value = {};
  private int to;
  private RowView row;
  private Bytes out;

  /** A rewriter that asks these parts. */
  public XmlText(Parts parts, RowView noRow) {
    this.parts = parts;
    row = noRow;
    out = new Bytes(0);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Appends the rewritten document or fragment.
   *
   * @return false if the bytes are not XML; then the appended bytes are meaningless
   */
  public boolean rewrite(byte[] xml, int from, int end, RowView inRow, Bytes target) {
    value = xml;
    to = end;
    row = inRow;
    out = target;
    int i = from;
    if (startsWith(i, DECLARATION)) {
      i = after(i, INSTRUCTION_END);
      if (i > 0) {
        out.append(value, from, i);
      }
    }
    while (i >= 0 && i < to) {
      i = value[i] == '<' ? markup(i) : text(i, next(i, (byte) '<'));
    }
    return i == to;
  }

  /** Reads something that begins with {@code <}. It returns the position after it, or -1. */
  private int markup(int from) {
    if (startsWith(from, COMMENT)) {
      return after(from + COMMENT.length, COMMENT_END);
    }
    if (startsWith(from, CDATA)) {
      int end = after(from + CDATA.length, CDATA_END);
      if (end > 0) {
        raw.clear();
        raw.append(value, from + CDATA.length, end - CDATA_END.length);
        text();
      }
      return end;
    }
    byte second = from + 1 < to ? value[from + 1] : 0;
    if (second == '?') {
      return after(from, INSTRUCTION_END);
    }
    if (second == '!') {
      return afterDeclaration(from);
    }
    if (second == '/') {
      int end = next(from, (byte) '>') + 1;
      if (end > to) {
        return -1;
      }
      out.append(value, from, end);
      parts.end();
      return end;
    }
    return element(from);
  }

  /**
   * The position after a document type declaration, whose quotes and brackets may hold {@code >}.
   */
  private int afterDeclaration(int from) {
    int depth = 0;
    for (int i = from; i < to; i++) {
      byte b = value[i];
      if (b == '"' || b == '\'') {
        i = next(i + 1, b);
      } else if (startsWith(i, COMMENT)) {
        i = after(i, COMMENT_END) - 1;
        if (i < 0) {
          return -1;
        }
      } else if (b == '<' || b == '>') {
        depth += b == '<' ? 1 : -1;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return -1;
  }

  private int element(int from) {
    int nameEnd = nameEnd(from + 1);
    if (nameEnd == from + 1) {
      return -1;
    }
    out.append(value, from, nameEnd);
    parts.begin(value, from + 1, nameEnd);
    int i = nameEnd;
    while (i >= 0 && i < to) {
      byte b = value[i];
      if (b == '>') {
        out.append(b);
        return i + 1;
      }
      if (b == '/') {
        if (i + 1 >= to || value[i + 1] != '>') {
          return -1;
        }
        out.append(value, i, i + 2);
        parts.end();
        return i + 2;
      }
      if (isBlank(b)) {
        out.append(b);
        i++;
      } else {
        i = attribute(i);
      }
    }
    return -1;
  }

  private int attribute(int from) {
    int nameEnd = nameEnd(from);
    int i = skipBlanks(nameEnd);
    if (nameEnd == from || i >= to || value[i] != '=') {
      return -1;
    }
    i = skipBlanks(i + 1);
    if (i >= to || (value[i] != '"' && value[i] != '\'')) {
      return -1;
    }
    int end = next(i + 1, value[i]);
    if (end >= to) {
      return -1;
    }
    if (isStructure(from)) {
      out.append(value, from, end + 1);
      return end + 1;
    }
    entities.decode(value, i + 1, end, raw);
    replaced.clear();
    parts.attribute(value, from, nameEnd, raw, row, replaced);
    out.append(value, from, nameEnd);
    out.append((byte) '=');
    out.append((byte) '"');
    XmlEntities.encode(replaced, true, out);
    out.append((byte) '"');
    return end + 1;
  }

  private boolean isStructure(int name) {
    return startsWith(name, NAMESPACE)
        || startsWith(name, PREFIX)
        || startsWith(name, LANGUAGE)
        || startsWith(name, SPACE);
  }

  private int text(int from, int end) {
    int begin = skipBlanks(from);
    if (begin >= end) {
      out.append(value, from, end);
      return end;
    }
    int last = end;
    while (isBlank(value[last - 1])) {
      last--;
    }
    out.append(value, from, begin);
    entities.decode(value, begin, last, raw);
    text();
    out.append(value, last, end);
    return end;
  }

  /** Appends the replacement of the text that was read. */
  private void text() {
    if (raw.length() > 0) {
      replaced.clear();
      parts.text(raw, row, replaced);
      XmlEntities.encode(replaced, false, out);
    }
  }

  private int nameEnd(int from) {
    int i = from;
    while (i < to && !isBlank(value[i]) && "/>=<\"'&".indexOf(value[i]) < 0) {
      i++;
    }
    return i;
  }

  private int skipBlanks(int from) {
    int i = from;
    while (i < to && isBlank(value[i])) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  private boolean startsWith(int from, byte[] start) {
    return from + start.length <= to
        && java.util.Arrays.equals(value, from, from + start.length, start, 0, start.length);
  }

  /** The position of the byte, or the end of the text. */
  private int next(int from, byte b) {
    int i = from;
    while (i < to && value[i] != b) {
      i++;
    }
    return i;
  }

  /** The position after these bytes, or -1 if they do not follow. */
  private int after(int from, byte[] end) {
    for (int i = from; i + end.length <= to; i++) {
      if (startsWith(i, end)) {
        return i + end.length;
      }
    }
    return -1;
  }
}
