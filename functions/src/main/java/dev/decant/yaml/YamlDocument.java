package dev.decant.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.serializer.AnchorGenerator;

/**
 * A YAML file that is changed and written again. Its comments and the styles of its values are
 * kept, but not its indentation.
 */
public final class YamlDocument {
  /** The longest key that is written in one line with its value. */
  private static final int LONGEST_KEY = 1000;

  private static final String LINE_ENDS = "\n\r\u0085\u2028\u2029";

  private YamlDocument() {}

  /**
   * Parses a text that is a map; any other text gives an empty map.
   *
   * @param comments whether to keep the comments
   */
  public static MappingNode map(String text, boolean comments) {
    Optional<Node> root =
        new Compose(
                LoadSettings.builder()
                    .setSchema(new CoreSchema())
                    .setCodePointLimit(YamlFile.MAX_BYTES)
                    .setParseComments(comments)
                    .build())
            .composeString(comments ? AliasComments.above(text) : text);
    return root.orElse(null) instanceof MappingNode map
        ? map
        : new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.BLOCK);
  }

  /**
   * The text of a map with its comments. It is empty if the library writes the comments in such a
   * way that another map would be read back.
   */
  public static Optional<String> commented(MappingNode map) {
    try {
      moveCommentsOfLongKeys(map);
      String text = write(map, true);
      return plain(map(text, false)).equals(plain(map)) ? Optional.of(text) : Optional.empty();
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
  }

  /**
   * The library fails if a comment follows a value of several lines on the line of its key. Such a
   * comment is moved above the key.
   */
  private static void moveCommentsOfLongKeys(Node node) {
    switch (node) {
      case SequenceNode list -> list.getValue().forEach(YamlDocument::moveCommentsOfLongKeys);
      case MappingNode map ->
          map.getValue()
              .forEach(
                  tuple -> {
                    if (tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().chars().anyMatch(c -> LINE_ENDS.indexOf(c) >= 0)) {
                      moveComments(tuple);
                    }
                    moveCommentsOfLongKeys(tuple.getValueNode());
                  });
      default -> {}
    }
  }

  private static void moveComments(NodeTuple tuple) {
    List<CommentLine> all = new ArrayList<>(comments(tuple.getKeyNode().getBlockComments()));
    all.addAll(asBlock(tuple.getKeyNode().getInLineComments()));
    all.addAll(asBlock(tuple.getValueNode().getInLineComments()));
    tuple.getKeyNode().setBlockComments(all);
    tuple.getKeyNode().setInLineComments(List.of());
    tuple.getValueNode().setInLineComments(List.of());
  }

  private static List<CommentLine> comments(@Nullable List<CommentLine> comments) {
    return Objects.requireNonNullElse(comments, List.of());
  }

  private static List<CommentLine> asBlock(@Nullable List<CommentLine> comments) {
    return comments(comments).stream()
        .map(
            c -> new CommentLine(c.getStartMark(), c.getEndMark(), c.getValue(), CommentType.BLOCK))
        .toList();
  }

  /** The text of a map without its comments. */
  public static String plain(MappingNode map) {
    return write(map, false);
  }

  private static String write(MappingNode map, boolean comments) {
    DumpSettings settings =
        DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDumpComments(comments)
            .setSplitLines(false)
            .setMaxSimpleKeyLength(LONGEST_KEY)
            .setAnchorGenerator(new WrittenAnchors())
            .build();
    return new Present(settings).emitToString(new Serialize(settings).serializeOne(map).iterator());
  }

  /** Keeps the names of anchors. A node that is used twice without an anchor gets a number. */
  private static final class WrittenAnchors implements AnchorGenerator {
    private int last;

    @Override
    public Anchor nextAnchor(Node node) {
      return node.getAnchor().orElseGet(() -> new Anchor("id" + ++last));
    }
  }

  /**
   * A copy of a node without its anchor and without comments, which may be added at another place.
   * What it uses by an alias, it still uses so.
   */
  public static Node copy(Node node) {
    return switch (node) {
      case MappingNode map -> {
        List<NodeTuple> tuples = new ArrayList<>();
        map.getValue()
            .forEach(t -> tuples.add(new NodeTuple(copy(t.getKeyNode()), used(t.getValueNode()))));
        yield new MappingNode(map.getTag(), tuples, map.getFlowStyle());
      }
      case SequenceNode list ->
          new SequenceNode(
              list.getTag(),
              new ArrayList<>(list.getValue().stream().map(YamlDocument::used).toList()),
              list.getFlowStyle());
      case ScalarNode scalar ->
          new ScalarNode(scalar.getTag(), scalar.getValue(), scalar.getScalarStyle());
      default -> node;
    };
  }

  /** The node itself if an alias can stand for it, otherwise a copy. */
  public static Node used(Node node) {
    return node.getAnchor().isPresent() ? node : copy(node);
  }

  /**
   * Separates a map under a key, and the values in it, from the places that use them by aliases.
   *
   * @param entry of the parent, whose value is a map
   * @return the map that may be changed, which is in the parent
   */
  public static MappingNode separate(NodeTuple entry, MappingNode parent) {
    MappingNode map = (MappingNode) entry.getValueNode();
    MappingNode own = map.getAnchor().isPresent() ? (MappingNode) copy(map) : map;
    parent.getValue().replaceAll(t -> t == entry ? new NodeTuple(t.getKeyNode(), own) : t);
    own.getValue()
        .replaceAll(
            t ->
                t.getValueNode().getAnchor().isPresent()
                    ? new NodeTuple(t.getKeyNode(), shallow(t.getValueNode()))
                    : t);
    return own;
  }

  /** A copy that has the same members. */
  private static Node shallow(Node node) {
    return switch (node) {
      case MappingNode map ->
          new MappingNode(map.getTag(), new ArrayList<>(map.getValue()), map.getFlowStyle());
      case SequenceNode list ->
          new SequenceNode(list.getTag(), new ArrayList<>(list.getValue()), list.getFlowStyle());
      default -> node;
    };
  }

  /** The value of a key, or null. */
  public static @Nullable Node value(MappingNode map, String key) {
    return map.getValue().stream()
        .filter(t -> t.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst()
        .orElse(null);
  }

  /**
   * The map under a key, changed to the form with one entry per line. If there is no map, or the
   * value is empty, a new map is added.
   */
  public static MappingNode blockUnder(MappingNode map, String key) {
    block(map);
    if (value(map, key) instanceof MappingNode found) {
      block(found);
      return found;
    }
    List<NodeTuple> tuples = map.getValue();
    tuples.removeIf(t -> t.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key));
    MappingNode added = new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.BLOCK);
    tuples.add(new NodeTuple(new ScalarNode(Tag.STR, key, ScalarStyle.PLAIN), added));
    return added;
  }

  /** Changes a map in one line to one entry per line. Its comment moves above the first entry. */
  private static void block(MappingNode map) {
    if (map.getFlowStyle() != FlowStyle.FLOW) {
      return;
    }
    map.setFlowStyle(FlowStyle.BLOCK);
    List<CommentLine> behind = asBlock(map.getInLineComments());
    if (!behind.isEmpty() && !map.getValue().isEmpty()) {
      map.getValue().getFirst().getKeyNode().setBlockComments(behind);
    }
    map.setInLineComments(List.of());
  }
}
