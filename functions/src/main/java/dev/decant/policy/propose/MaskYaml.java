package dev.decant.policy.propose;

import dev.decant.mask.MaskSpec;
import dev.decant.yaml.YamlText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Masks with their options, as a policy writes them. */
final class MaskYaml {
  private MaskYaml() {}

  /** A rule in one line of YAML. */
  static String of(MaskSpec spec) {
    if (spec.options().isEmpty() && spec.trace() == null) {
      return spec.name();
    }
    StringBuilder out = new StringBuilder("{ mask: ").append(spec.name());
    spec.options()
        .forEach((name, value) -> out.append(", ").append(name).append(": ").append(value(value)));
    if (spec.trace() != null) {
      out.append(", trace: ").append(spec.trace());
    }
    return out.append(" }").toString();
  }

  private static String value(Object value) {
    if (value instanceof MaskSpec spec) {
      return of(spec);
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(
              e ->
                  value(String.valueOf(e.getKey()))
                      + ": "
                      + value(Objects.requireNonNull(e.getValue())))
          .collect(Collectors.joining(", ", "{ ", " }"));
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(MaskYaml::value).toList()) + "]";
    }
    return value instanceof String text ? YamlText.value(text) : value.toString();
  }
}
