package dev.decant.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Decides for {@link Needs} whether a test runs. {@link SkippedTests} reads its reason for a skip.
 */
final class NeedsCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context
        .getElement()
        .map(element -> element.getAnnotation(Needs.class))
        .map(needs -> result(Arrays.asList(needs.value())))
        .orElseGet(() -> ConditionEvaluationResult.enabled("nothing is needed"));
  }

  private static ConditionEvaluationResult result(List<Component> needed) {
    List<Component> missing = needed.stream().filter(Component::isMissing).toList();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("all components are there");
    }
    String reason =
        missing.stream()
            .map(Component::toString)
            .collect(Collectors.joining(", ", SkippedTests.REASON, ""));
    if (SkippedTests.allComponentsMustBeThere()) {
      throw new IllegalStateException(
          reason + " (-D" + SkippedTests.SETTING + "=all skips no test)");
    }
    return ConditionEvaluationResult.disabled(reason);
  }
}
