package dev.decant.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads bytes as one YAML 1.2 document (core schema) into nodes that know their lines. A file whose
 * reading would take too long or too much memory is a problem: it is too large, nested too deeply,
 * or has aliases that multiply.
 */
public final class YamlFile {
  /** The largest size of a file. */
  public static final int MAX_BYTES = 4 << 20;

  /** The files of decant need about eight levels. */
  static final int MAX_DEPTH = 40;

  /** The largest number of nodes. An aliased node counts each time that it is used. */
  private static final int MAX_NODES = 400_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setCodePointLimit(MAX_BYTES)
          .setAllowNonScalarKeys(true)
          .setMaxAliasesForCollections(MAX_NODES)
          .build();

  // The engine gives a plain ${X} its own tag, for a variable of the environment.
  private static final Set<Tag> TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP, Tag.ENV_TAG);

  private YamlFile() {}

  /** The line on which a node begins, from 1. */
  public static int line(Node node) {
    return node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
  }

  /** The root node, or null after a problem. */
  public static @Nullable Node read(byte[] bytes, Scope scope) {
    FileKind kind = scope.problems().kind();
    if (bytes.length > MAX_BYTES) {
      scope.problem(
          0,
          "The file is larger than "
              + (MAX_BYTES >> 20)
              + " MB, but a "
              + kind.words()
              + " is a small file. Name another file.");
      return null;
    }
    try {
      String text = decode(bytes);
      Parser events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
      Optional<Node> root = new Composer(SETTINGS, new ShallowParser(events)).getSingleNode();
      if (root.isEmpty()) {
        scope.problem(1, "The file is empty. Write version: 1 and " + kind.content() + ".");
        return null;
      }
      return accept(root.get(), scope) ? root.get() : null;
    } catch (CharacterCodingException e) {
      scope.problem(0, "The file is not encoded in UTF-8. Save it as UTF-8.");
    } catch (ShallowParser.TooDeep e) {
      scope.problem(
          e.line(),
          "The file is nested deeper than " + MAX_DEPTH + " levels. Remove the levels below.");
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
      scope.problem(
          line,
          "The file is not YAML: "
              + YamlMistake.words(Objects.requireNonNullElse(e.getProblem(), "syntax error")));
    } catch (YamlEngineException e) {
      scope.problem(0, "The file is not YAML: " + printable(String.valueOf(e.getMessage())) + ".");
    }
    return null;
  }

  /** Decodes UTF-8. Malformed bytes are an error, and a byte order mark is dropped. */
  public static String decode(byte[] bytes) throws CharacterCodingException {
    String text =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes))
            .toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  static String printable(String message) {
    return message.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
  }

  private record Step(Node node, int depth) {}

  private static boolean accept(Node root, Scope scope) {
    Deque<Step> open = new ArrayDeque<>(List.of(new Step(root, 0)));
    boolean good = true;
    for (int count = 0; !open.isEmpty(); count++) {
      Step step = open.pop();
      if (step.depth > MAX_DEPTH || count > MAX_NODES) {
        scope.problem(
            step.node,
            "Aliases (*name) make the file endless or huge. " + scope.problems().kind().plain());
        return false;
      }
      if (!TAGS.contains(step.node.getTag())) {
        scope.problem(step.node, "A YAML tag (!…) has no meaning here. Remove it.");
        good = false;
      }
      push(step, open);
    }
    return good;
  }

  private static void push(Step step, Deque<Step> open) {
    if (step.node instanceof SequenceNode list) {
      list.getValue().forEach(n -> open.push(new Step(n, step.depth + 1)));
    } else if (step.node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        open.push(new Step(tuple.getKeyNode(), step.depth + 1));
        open.push(new Step(tuple.getValueNode(), step.depth + 1));
      }
    }
  }
}
