package dev.decant.policy.parse;

import dev.decant.policy.PolicyFiles;
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

/**
 * Reads the files that a policy or a targets file names. A file must lie in the same folder or
 * below it, and is read once.
 */
public final class SideFiles {
  private final PolicyFiles files;
  private final Map<String, List<Object>> lines = new HashMap<>();
  private final Map<String, String> digests = new TreeMap<>();

  public SideFiles(PolicyFiles files) {
    this.files = files;
  }

  /** The SHA-256 of each file that has been read, in hex, by name. */
  Map<String, String> digests() {
    return digests;
  }

  /** The lines of a file that are not blank; null after a problem. */
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
      scope.problem(node, "The file has no lines. Write one value a line into it.");
      return null;
    }
    lines.put(((ScalarNode) node).getValue(), found);
    return found;
  }

  /** The text of a file; null after a problem. */
  @Nullable String text(Node node, Scope scope) {
    String name = Scalars.name(node, scope, "the name of a file");
    if (name == null) {
      return null;
    }
    String kind = scope.problems().kind().words();
    if (!below(name)) {
      scope.problem(
          node,
          "The file "
              + name
              + " is not beside the "
              + kind
              + ". Write a relative path without .. in it.");
      return null;
    }
    try {
      byte[] bytes = files.read(name);
      if (bytes.length > PolicyFiles.MAX_BYTES) {
        scope.problem(
            node,
            "The file "
                + name
                + " is larger than "
                + (PolicyFiles.MAX_BYTES >> 20)
                + " MB. Write a smaller one.");
        return null;
      }
      digests.put(name, Digests.sha256(bytes));
      return YamlFile.decode(bytes);
    } catch (NoSuchFileException e) {
      scope.problem(
          node, "The file " + name + " does not exist beside the " + kind + ". Put it there.");
    } catch (CharacterCodingException e) {
      scope.problem(node, "The file " + name + " is not UTF-8. Save it as UTF-8.");
    } catch (IOException e) {
      scope.problem(node, "The file " + name + " cannot be read. Make it readable.");
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
