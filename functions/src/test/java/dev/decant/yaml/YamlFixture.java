package dev.decant.yaml;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads YAML for a test and collects the problems that the code under test reports. */
final class YamlFixture {
  final Problems problems = new Problems("policy.yaml", FileKind.POLICY, 100);
  final Scope scope = new Scope(problems);

  /** The value under the key {@code value} of a one-line document. */
  Node value(String yaml) {
    Node root = YamlFile.read(("value: " + yaml).getBytes(StandardCharsets.UTF_8), scope);
    return Objects.requireNonNull(
        YamlDocument.value((MappingNode) Objects.requireNonNull(root), "value"));
  }

  /** The messages of all problems, in the order of the file. */
  List<String> messages() {
    return problems.sorted().stream().map(Problem::message).toList();
  }
}
