package dev.decant.policy;

import dev.decant.stream.Digests;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the texts that a policy or a targets file names, never above its folder, each once. */
final class BesideFiles {
  private final PolicyFiles files;
  private final Map<String, List<Object>> lines = new HashMap<>();
  private final Map<String, String> digests = new TreeMap<>();

  BesideFiles(PolicyFiles files) {
    this.files = files;
  }

  /** The SHA-256 of each file that was read, in hex, by its name. */
  Map<String, String> digests() {
    return digests;
  }

  /** The lines of a file that are not blank, or null after a problem. */
  @Nullable List<Object> lines(Node node, Scope scope) {
    List<Object> known = node instanceof ScalarNode name ? lines.get(name.getValue()) : null;
    if (known != null) {
      return known;
    }
    String text = text(node, scope);
    if (text == null) {
      return null;
    }
    List<Object> found = List.copyOf(text.lines().filter(line -> !line.isBlank()).toList());
    if (found.isEmpty()) {
      scope.problem(node, "the file has no line; write values into it, one a line");
      return null;
    }
    lines.put(((ScalarNode) node).getValue(), found);
    return found;
  }

  /** The text of a file, or null after a problem. */
  @Nullable String text(Node node, Scope scope) {
    String name = Scalars.name(node, scope, "a file's name");
    if (name == null) {
      return null;
    }
    String kind = scope.problems().kind().words();
    if (!below(name)) {
      scope.problem(
          node,
          "file " + name + " is not beside the " + kind + "; write a relative path without ..");
      return null;
    }
    try {
      byte[] bytes = files.read(name);
      if (bytes.length > PolicyFiles.MAX_BYTES) {
        scope.problem(
            node,
            "file "
                + name
                + " is larger than "
                + (PolicyFiles.MAX_BYTES >> 20)
                + " MB; write a smaller one");
        return null;
      }
      digests.put(name, Digests.sha256(bytes));
      return YamlFile.decode(bytes);
    } catch (NoSuchFileException e) {
      scope.problem(node, "there is no file " + name + " beside the " + kind + "; put it there");
    } catch (CharacterCodingException e) {
      scope.problem(node, "file " + name + " is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      scope.problem(node, "file " + name + " cannot be read; make it readable");
    }
    return null;
  }

  private static boolean below(String name) {
    return !name.startsWith("/")
        && name.chars().noneMatch(c -> c < ' ' || c == '\\' || c == ':')
        && List.of(name.split("/", -1)).stream()
            .noneMatch(part -> part.equals("..") || part.isEmpty());
  }
}
