package dev.decant.mask.json;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.NoRow;
import dev.decant.mask.json.JsonRules.Place;
import dev.decant.mask.json.JsonRules.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites JSON while it reads it, without a tree and without recursion. Blanks, kept values and
 * names without a mask are copied byte for byte. Only one thread may use an instance.
 */
public final class JsonRewriter {
  /** The greatest depth of a document. Deeper documents are refused. */
  public static final int MAX_DEPTH = 10_000;

  private static final Rule KEEP = new Rule.Keep();
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final int NO_MARK = -1;

  private final JsonRules rules;
  private final Bytes decoded = new Bytes(256);
  private final Bytes masked = new Bytes(256);

  // These arrays describe the objects and arrays around the current value.
  private boolean[] objects = new boolean[16];
  private @Nullable Place[] places = new @Nullable Place[16];
  private Rule[] around = new Rule[16];
  private int[] marks = new int[16];
  private Rule[] replaced = new Rule[16];
  private int depth;

  /**
   * Whether the innermost object or array has just begun, so that no comma precedes the next value.
   */
  private boolean fresh;

  // This is the state of the reader.
  private byte[] value = {};
  private int at;
  private int to;
  private RowView row = NoRow.INSTANCE;
  private Bytes out = new Bytes(0);

  public JsonRewriter(JsonRules rules) {
    this.rules = rules;
    Arrays.fill(around, KEEP);
    Arrays.fill(replaced, KEEP);
  }

  /** Whether the bytes are one JSON document that nests at most {@link #MAX_DEPTH} deep. */
  public static boolean isValid(byte[] json) {
    return new JsonRewriter(JsonRules.KEEP_ALL)
        .rewrite(json, 0, json.length, NoRow.INSTANCE, new Bytes(json.length));
  }

  /** How many objects and arrays were open when the last rewriting ended. */
  public int depth() {
    return depth;
  }

  /**
   * Appends the rewritten document.
   *
   * @return false if the bytes are not a document or nest too deep; then the appended bytes are
   *     meaningless
   */
  public boolean rewrite(byte[] json, int from, int end, RowView inRow, Bytes target) {
    value = json;
    at = from;
    to = end;
    row = inRow;
    out = target;
    depth = 0;
    Place root = rules.root();
    Rule rule = root.rule();
    boolean valid = value(root, rule == null ? rules.other() : rule);
    while (valid && depth > 0) {
      valid = objects[depth - 1] ? member() : element();
    }
    blanks();
    return valid && at == to;
  }

  private void blanks() {
    int end = Json.skipBlanks(value, at, to);
    out.append(value, at, end);
    at = end;
  }

  private void copy(int end) {
    out.append(value, at, end);
    at = end;
  }

  private int peek() {
    return at < to ? value[at] : -1;
  }

  /** Reads a value, or the beginning of an object or array. */
  private boolean value(@Nullable Place place, Rule rule) {
    blanks();
    int first = peek();
    if (first == '{' || first == '[') {
      return open(first == '{', place, rule);
    }
    int mark = out.length();
    if (!scalar(first, rule)) {
      return false;
    }
    replace(mark, first, rule);
    return true;
  }

  /** Replaces the value that was appended after the mark, if the rule says so. */
  private void replace(int mark, int first, Rule rule) {
    if (rule instanceof Rule.Literal literal) {
      out.length(mark);
      out.append(literal.json());
    } else if (rule instanceof Rule.Empty) {
      out.length(mark);
      switch (first) {
        case '{', '[', '"' -> {
          out.append((byte) first);
          out.append((byte) (first == '{' ? '}' : first == '[' ? ']' : '"'));
        }
        default -> out.append(NULL);
      }
    }
  }

  private boolean open(boolean object, @Nullable Place place, Rule rule) {
    if (depth == MAX_DEPTH) {
      return false;
    }
    if (depth == objects.length) {
      grow();
    }
    boolean whole =
        (rule instanceof Rule.Literal literal && literal.whole())
            || (rule instanceof Rule.Empty empty && empty.whole());
    objects[depth] = object;
    places[depth] = whole ? null : place;
    around[depth] = whole ? KEEP : rule;
    marks[depth] = whole ? out.length() : NO_MARK;
    replaced[depth] = rule;
    depth++;
    copy(at + 1);
    fresh = true;
    return true;
  }

  private void grow() {
    int size = depth * 2;
    objects = Arrays.copyOf(objects, size);
    places = Arrays.copyOf(places, size);
    marks = Arrays.copyOf(marks, size);
    around = grown(around, size);
    replaced = grown(replaced, size);
  }

  private static Rule[] grown(Rule[] rules, int size) {
    Rule[] grown = new Rule[size];
    Arrays.fill(grown, KEEP);
    System.arraycopy(rules, 0, grown, 0, rules.length);
    return grown;
  }

  private void close() {
    copy(at + 1);
    fresh = false;
    depth--;
    if (marks[depth] != NO_MARK) {
      replace(marks[depth], objects[depth] ? '{' : '[', replaced[depth]);
    }
  }

  private @Nullable Place elementPlace() {
    Place place = places[depth - 1];
    return place == null ? null : place.elements();
  }

  private Rule elementRule() {
    Place place = elementPlace();
    Rule rule = place == null ? null : place.rule();
    return rule == null ? around[depth - 1] : rule;
  }

  /** Reads the comma before the next value, if there must be one. */
  private boolean comma() {
    if (!fresh) {
      if (peek() != ',') {
        return false;
      }
      copy(at + 1);
      blanks();
    }
    fresh = false;
    return true;
  }

  /** Reads the next element of an array, or its end. */
  private boolean element() {
    blanks();
    if (peek() == ']') {
      close();
      return true;
    }
    return comma() && value(elementPlace(), elementRule());
  }

  /** Reads the next member of an object, or its end. */
  private boolean member() {
    blanks();
    if (peek() == '}') {
      close();
      return true;
    }
    return comma() && name();
  }

  /** Reads a name, its colon and its value. */
  private boolean name() {
    int end = peek() == '"' ? Json.stringEnd(value, at, to) : -1;
    if (end < 0) {
      return false;
    }
    decoded.clear();
    Json.decode(value, at + 1, end - 1, decoded);
    Place parent = places[depth - 1];
    byte[] name = decoded.array();
    Place place = parent == null ? null : parent.member(name, 0, decoded.length());
    Rule rule = place == null ? null : place.rule();
    // Values inside of a value that is replaced as a whole need no rule.
    if (rule == null && marks[depth - 1] == NO_MARK) {
      rule = rules.key(name, 0, decoded.length());
    }
    appendName(parent == null ? null : parent.memberNames(), end);
    blanks();
    if (peek() != ':') {
      return false;
    }
    copy(at + 1);
    return value(place, rule == null ? around[depth - 1] : rule);
  }

  /** Appends the name that was decoded last, masked if there is a mask. */
  private void appendName(@Nullable Mask mask, int end) {
    if (mask == null) {
      copy(end);
      return;
    }
    masked.clear();
    boolean named = mask.apply(decoded.array(), 0, decoded.length(), row, masked);
    Json.encode(masked.array(), 0, named ? masked.length() : 0, out);
    at = end;
  }

  private boolean scalar(int first, Rule rule) {
    return switch (first) {
      case '"' -> string(rule);
      case 't' -> word(TRUE);
      case 'f' -> word(FALSE);
      case 'n' -> word(NULL);
      default -> number(rule);
    };
  }

  private boolean word(byte[] word) {
    int end = at + word.length;
    if (end > to || !Arrays.equals(value, at, end, word, 0, word.length)) {
      return false;
    }
    copy(end);
    return true;
  }

  private boolean string(Rule rule) {
    int end = Json.stringEnd(value, at, to);
    if (end < 0) {
      return false;
    }
    if (!(rule instanceof Rule.Masked mask)) {
      copy(end);
      return true;
    }
    decoded.clear();
    Json.decode(value, at + 1, end - 1, decoded);
    masked.clear();
    if (mask.text().apply(decoded.array(), 0, decoded.length(), row, masked)) {
      Json.encode(masked.array(), 0, masked.length(), out);
    } else {
      out.append(NULL);
    }
    at = end;
    return true;
  }

  private boolean number(Rule rule) {
    int end = Json.numberEnd(value, at, to);
    if (end < 0) {
      return false;
    }
    if (!(rule instanceof Rule.Masked mask)) {
      copy(end);
      return true;
    }
    Mask chosen = isInteger(at, end) ? mask.integer() : mask.number();
    masked.clear();
    boolean valid =
        chosen.apply(value, at, end, row, masked)
            && Json.numberEnd(masked.array(), 0, masked.length()) == masked.length();
    if (valid) {
      out.append(masked.array(), 0, masked.length());
    } else {
      out.append(NULL);
    }
    at = end;
    return true;
  }

  /** Whether the number is whole and certainly fits a bigint. */
  private boolean isInteger(int from, int end) {
    for (int i = from; i < end; i++) {
      if (value[i] == '.' || value[i] == 'e' || value[i] == 'E') {
        return false;
      }
    }
    return end - from <= 18;
  }
}
