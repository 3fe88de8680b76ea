package dev.decant.pack;

import dev.decant.yaml.YamlText;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Writes a node in one line of YAML. */
final class FlowText {
  private FlowText() {}

  static String of(Node node) {
    return switch (node) {
      case MappingNode map ->
          map.getValue().stream()
              .map(t -> of(t.getKeyNode()) + ": " + of(t.getValueNode()))
              .collect(Collectors.joining(", ", "{ ", " }"));
      case SequenceNode list ->
          list.getValue().stream().map(FlowText::of).collect(Collectors.joining(", ", "[", "]"));
      case ScalarNode scalar when scalar.getScalarStyle() == ScalarStyle.PLAIN -> scalar.getValue();
      case ScalarNode scalar -> YamlText.value(scalar.getValue());
      default -> throw new IllegalArgumentException(node.getNodeType().toString());
    };
  }
}
