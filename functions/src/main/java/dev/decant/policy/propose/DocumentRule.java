package dev.decant.policy.propose;

import dev.decant.detect.DocumentContents;
import dev.decant.detect.Verdict;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Builds the rule for a column of documents from a sample of the documents: the paths of JSON with
 * their masks, the paths that may be kept, and the names of members. All other values are masked by
 * the default of the mask.
 */
final class DocumentRule {
  private final Predicate<MaskSpec> serves;
  private final Map<String, Object> paths = new TreeMap<>();
  private final Map<String, Object> keys = new TreeMap<>();
  private final Map<String, Object> keysOf = new TreeMap<>();
  private final List<Object> kept = new ArrayList<>();
  private final String mask;

  private DocumentRule(String mask, Predicate<MaskSpec> serves) {
    this.mask = mask;
    this.serves = serves;
  }

  /**
   * The mask with its options.
   *
   * @param serves whether a mask with these options serves the column
   * @return empty if the mask needs no options for these documents, or if it cannot serve the
   *     column
   */
  static Optional<MaskSpec> of(DocumentContents contents, Predicate<MaskSpec> serves) {
    String mask =
        switch (contents.format()) {
          case JSON -> "json";
          case HSTORE -> "hstore";
          case XML -> "xml";
        };
    DocumentRule rule = new DocumentRule(mask, serves);
    contents.paths().forEach(rule::path);
    contents.keys().forEach(rule::key);
    contents.names().forEach(rule::names);
    MaskSpec spec = rule.spec();
    return !spec.options().isEmpty() && serves.test(spec) ? Optional.of(spec) : Optional.empty();
  }

  /** The mask that keeps documents of a type different; empty if there is none. */
  static Optional<MaskSpec> unique(TypeCategory type, Map<String, Object> options) {
    Map<String, Object> unique = new TreeMap<>(options);
    unique.put("unique", true);
    return switch (type) {
      case JSON -> Optional.of(MaskSpec.of("json", unique));
      case HSTORE -> Optional.of(MaskSpec.of("hstore", unique));
      default -> Optional.empty();
    };
  }

  private void path(String path, Verdict verdict) {
    switch (verdict) {
      case Verdict.Personal personal ->
          inner(personal, spec -> Map.of("columns", Map.of(path, spec)))
              .ifPresent(spec -> paths.put(path, spec));
      case Verdict.Harmless _ -> {
        if (serves.test(MaskSpec.of(mask, Map.of("keep", List.of(path))))) {
          kept.add(path);
        }
      }
      case Verdict.Unknown _ -> {}
    }
  }

  private void key(String name, Verdict verdict) {
    if (verdict instanceof Verdict.Personal personal) {
      inner(personal, spec -> Map.of("keys", Map.of(name, spec)))
          .ifPresent(spec -> keys.put(name, spec));
    }
  }

  /** The names of an object's members are data, so that they are masked, too. */
  private void names(String path, Verdict verdict) {
    Optional<MaskSpec> named =
        verdict instanceof Verdict.Personal personal
            ? inner(personal, spec -> Map.of("keys-of", Map.of(path, spec)))
            : Optional.empty();
    MaskSpec spec = named.orElse(MaskSpec.of("scramble"));
    if (mask.equals("json")
        && serves.test(MaskSpec.of(mask, Map.of("keys-of", Map.of(path, spec))))) {
      keysOf.put(path, spec);
    }
  }

  /** The first mask of the category that these options allow. */
  private Optional<MaskSpec> inner(
      Verdict.Personal personal, Function<MaskSpec, Map<String, Object>> as) {
    List<String> masks =
        personal.category().sensitive()
            ? List.of("redact", "scramble")
            : personal.category().masks();
    return masks.stream()
        .map(MaskSpec::of)
        .filter(spec -> serves.test(MaskSpec.of(mask, as.apply(spec))))
        .findFirst();
  }

  private MaskSpec spec() {
    Map<String, Object> options = new TreeMap<>();
    if (!paths.isEmpty()) {
      options.put("columns", paths);
    }
    if (!keys.isEmpty()) {
      options.put("keys", keys);
    }
    if (!keysOf.isEmpty()) {
      options.put("keys-of", keysOf);
    }
    if (!kept.isEmpty()) {
      options.put("keep", kept);
    }
    return MaskSpec.of(mask, options);
  }
}
