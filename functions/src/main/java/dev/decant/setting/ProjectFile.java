package dev.decant.setting;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.Stores;
import dev.decant.yaml.FileKind;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlFile;
import dev.decant.yaml.YamlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The file {@code decant.yaml} of a repository. It names the place of the repository's snapshots,
 * so that the people who work in the repository do not have to. Options and variables take
 * precedence over it. Relative folders in it refer to its own folder.
 */
public final class ProjectFile {
  /** The name of the file. */
  public static final String NAME = "decant.yaml";

  private static final int MOST_PROBLEMS = 20;
  private static final List<String> KEYS =
      List.of("version", "store", "service", "environment", "verify-key");

  private final Path file;
  private final Problems problems;
  private final Map<Setting, String> found = new EnumMap<>(Setting.class);

  private ProjectFile(Path file) {
    this.file = file;
    this.problems = new Problems(file.toString(), FileKind.PROJECT, MOST_PROBLEMS);
  }

  /** The project file in a folder or in the nearest folder above it within the repository. */
  public static Optional<Path> find(Path folder) {
    Path here = folder.toAbsolutePath().normalize();
    Optional<Path> root = repository(here);
    for (Path at = here; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(NAME))) {
        return Optional.of(at.resolve(NAME));
      }
      if (root.isEmpty() || at.equals(root.get())) {
        break;
      }
    }
    return Optional.empty();
  }

  /** The root of the repository that contains a folder. */
  public static Optional<Path> repository(Path folder) {
    for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /**
   * The settings in a project file.
   *
   * @throws DecantException {@link ErrorCode#SETTING_INVALID} with all problems of the file
   */
  public static Map<Setting, String> read(Path file) {
    ProjectFile project = new ProjectFile(file);
    project.read();
    if (!project.problems.isEmpty()) {
      throw project.problems.error();
    }
    return project.found;
  }

  private void read() {
    Scope scope = new Scope(problems);
    Node root = YamlFile.read(bytes(), scope);
    YamlMap map = root == null ? null : YamlMap.read(root, scope, "store: s3://bucket/prefix");
    if (map == null) {
      return;
    }
    if (map.get("version") != null && !map.isVersion1()) {
      return;
    }
    map.only(KEYS);
    take(map, "store", Setting.STORE, scope);
    take(map, "service", Setting.SERVICE, scope);
    take(map, "environment", Setting.ENVIRONMENT, scope);
    take(map, "verify-key", Setting.VERIFY_KEY, scope);
    String store = found.get(Setting.STORE);
    Node place = map.get("store");
    if (store != null && place != null) {
      Stores.mistake(store).ifPresent(mistake -> scope.problem(place, mistake));
    }
    found.computeIfPresent(Setting.STORE, (s, folder) -> place(folder));
    found.computeIfPresent(Setting.VERIFY_KEY, (s, key) -> place(key));
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The project file " + file + " cannot be read. Check that you may read it.",
          e);
    }
  }

  private void take(YamlMap map, String key, Setting setting, Scope scope) {
    Node node = map.get(key);
    @Nullable String text = node == null ? null : Scalars.name(node, scope, key + ": …");
    if (text != null) {
      found.put(setting, text);
    }
  }

  /** A path beside the file, unless it is a URL, or the text of a key. */
  private String place(String text) {
    boolean path = !text.contains("://") && !text.startsWith("-----") && text.length() < 4096;
    Path beside = file.resolveSibling(text).normalize();
    return path && (text.contains("/") || text.contains(".") || Files.exists(beside))
        ? beside.toString()
        : text;
  }
}
