package dev.decant.detect.column;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.decant.detect.DocumentContents.Format;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The places in a sample of documents, with the profiles of their values. Memory is bounded: it
 * records at most 200 places for each column, and reads at most the first 2,000 tokens of each
 * document. A document that is cut off or invalid is read up to the error. Only one thread may use
 * an instance.
 */
final class DocumentProfile {
  static final int PLACES = 200;

  /** The number of documents that are examined. */
  private static final int DOCUMENTS = 1_000;

  private static final int TOKENS = 2_000;
  private static final int DEPTH = 64;

  private static final JsonFactory JSON = new JsonFactory();

  private final DocumentNode.Budget budget;
  private final DocumentNode root;
  private final Map<Format, Integer> formats = new EnumMap<>(Format.class);
  private int documents;
  private int offered;

  DocumentProfile(SampleMemory all) {
    budget = new DocumentNode.Budget(PLACES, all);
    root = new DocumentNode(budget);
  }

  /**
   * The format that a text may have according to its first and last character; empty if it is no
   * document.
   */
  static Optional<Format> format(String text) {
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    if ((first == '{' || first == '[') && text.length() > 2) {
      return Optional.of(Format.JSON);
    }
    if (first == '<' && last == '>' && text.length() > 6 && !HtmlSample.begins(text)) {
      return Optional.of(Format.XML);
    }
    return first == '"' && text.contains("\"=>") ? Optional.of(Format.HSTORE) : Optional.empty();
  }

  /** Examines a document. Returns false if the text is not one. */
  boolean add(String text, Format format) {
    if (documents >= DOCUMENTS) {
      offered++;
      return true;
    }
    boolean read =
        switch (format) {
          case JSON -> json(text);
          case HSTORE -> HstoreSample.read(text, root);
          case XML -> XmlSample.read(text, root, TOKENS);
        };
    if (read) {
      documents++;
      offered++;
      formats.merge(format, 1, Integer::sum);
    }
    return read;
  }

  /** The counts of both profiles, with the places of the one that has read more documents. */
  DocumentProfile joined(DocumentProfile other) {
    if (documents < other.documents) {
      return other.joined(this);
    }
    offered += other.offered;
    other.formats.forEach((format, count) -> formats.merge(format, count, Integer::sum));
    return this;
  }

  private boolean json(String text) {
    Deque<DocumentNode> around = new ArrayDeque<>();
    try (JsonParser parser = JSON.createParser(text)) {
      if (!parser.nextToken().isStructStart()) {
        return false;
      }
      boolean object = parser.currentToken() == JsonToken.START_OBJECT;
      JsonToken second = parser.nextToken();
      if (object && second != JsonToken.FIELD_NAME) {
        return false;
      }
      root.object();
      around.push(root);
      tokens(parser, around);
    } catch (IOException e) {
      return !around.isEmpty();
    }
    return true;
  }

  /**
   * Reads the rest of the document from the current token on. A place that is not recorded is
   * skipped with its content.
   */
  private static void tokens(JsonParser parser, Deque<DocumentNode> around) throws IOException {
    int left = TOKENS;
    for (JsonToken token = parser.currentToken();
        token != null && !around.isEmpty() && left-- > 0;
        token = parser.nextToken()) {
      if (token.isStructEnd()) {
        around.pop();
        continue;
      }
      DocumentNode parent = around.getFirst();
      DocumentNode place;
      if (token == JsonToken.FIELD_NAME) {
        place = parent.member(parser.currentName());
        token = parser.nextToken();
      } else {
        place = parent.elements();
      }
      if (token != null && token.isStructStart()) {
        if (place == null || around.size() >= DEPTH) {
          parser.skipChildren();
        } else {
          if (token == JsonToken.START_OBJECT) {
            place.object();
          }
          around.push(place);
        }
      } else if (token != null && place != null) {
        scalar(parser, token, place);
      }
    }
  }

  private static void scalar(JsonParser parser, JsonToken token, DocumentNode place)
      throws IOException {
    switch (token) {
      case VALUE_STRING -> place.text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> place.number(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> place.flag();
      default -> {}
    }
  }

  /** The number of documents, including those that were not read because of the limit. */
  int offered() {
    return offered;
  }

  /** The format of most documents; empty without documents. */
  Optional<Format> format() {
    return formats.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  DocumentNode root() {
    return root;
  }

  /** Whether there were more places than can be recorded. */
  boolean exceeded() {
    return budget.exceeded();
  }
}
