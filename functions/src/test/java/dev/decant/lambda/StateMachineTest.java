package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.RetryableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules for the definitions in {@code statemachine/} that no validator checks. Step Functions finds
 * such a fault only when a run gets there.
 */
final class StateMachineTest {
  /** What one execution of Step Functions can have. */
  private static final int MOST_EVENTS = 25_000;

  /** Wait, Task, Choice and Pass: two events each, and three more for the call of the task. */
  private static final int EVENTS_OF_A_POLL = 11;

  /** A task that is started again, with its wait, its choices and its counter. */
  private static final int EVENTS_OF_A_TURN = 16;

  private static final StateGraph SANITIZE = StateGraph.read("sanitize");

  static Stream<StateGraph> graphs() {
    return Stream.of("sanitize", "start").map(StateGraph::read).flatMap(StateGraph::withNested);
  }

  static Stream<StateGraph> machines() {
    return Stream.of("sanitize", "start").map(StateGraph::read);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void everyNextStateExistsAndEveryStateIsReached(StateGraph graph) {
    assertThat(graph.reachedFrom(graph.start(), Set.of())).isEqualTo(graph.states().keySet());
  }

  @ParameterizedTest
  @MethodSource("machines")
  void everyTaskHasDeadlineRetriesAndCatch(StateGraph machine) {
    List<String> faults = new ArrayList<>();
    machine.eachTask(
        (name, task, caughtOutside) -> {
          if (!task.has("TimeoutSeconds") && !task.has("TimeoutSecondsPath")) {
            faults.add(name + " has no deadline");
          }
          if (task.path("Retry").isEmpty()) {
            faults.add(name + " has no Retry");
          }
          if (!caughtOutside && !StateGraph.catchesAll(task)) {
            faults.add(name + " has no Catch of States.ALL, and no state around it has one");
          }
        });
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void allErrorsStandAloneAndLast(StateGraph graph) {
    for (JsonNode state : graph.states().values()) {
      for (String field : List.of("Retry", "Catch")) {
        for (int i = 0; i < state.path(field).size(); i++) {
          JsonNode errors = state.path(field).get(i).path("ErrorEquals");
          if (errors.toString().contains("States.ALL")) {
            assertThat(errors).as(state.toString()).hasSize(1);
            assertThat(i).as(state.toString()).isEqualTo(state.path(field).size() - 1);
          }
        }
      }
    }
  }

  /**
   * Lambda reports the name of the class of an exception, and its message. {@code .ci/sandbox}
   * compares the answer of its Java runtime with the definition.
   */
  @Test
  void failuresOfFunctionsAreThoseThatTheFunctionsThrow() {
    JsonNode call = state("SanitizeOnLambda");
    for (ErrorCode code : ErrorCode.values()) {
      DecantException thrown =
          FunctionFailure.of(new DecantException(code, "The fact. What to do."), any -> "");
      assertThat(names(call, "Retry").contains(thrown.getClass().getName()))
          .as(code.name())
          .isEqualTo(code.retryable());
      assertThat(goesToATask(thrown))
          .as(code.name())
          .isEqualTo(code == ErrorCode.DISK_FULL || code == ErrorCode.DEADLINE_NEAR);
    }
    machines()
        .forEach(
            machine ->
                machine.eachTask(
                    (name, task, _) ->
                        assertThat(names(task, "Retry"))
                            .as(name)
                            .filteredOn(error -> error.startsWith("dev.decant"))
                            .allMatch(RetryableException.class.getName()::equals)));
  }

  private static JsonNode state(String name) {
    return Objects.requireNonNull(SANITIZE.states().get(name), name);
  }

  private static List<String> names(JsonNode task, String field) {
    List<String> names = new ArrayList<>();
    task.path(field).forEach(e -> e.path("ErrorEquals").forEach(n -> names.add(n.asText())));
    return names;
  }

  private static boolean goesToATask(DecantException thrown) {
    JsonNode choice = state("FunctionEnded").path("Choices").path(0);
    assertThat(choice.path("Next").asText()).isEqualTo("MoreDisk");
    String cause = "{\"errorMessage\":\"" + thrown.getMessage() + "\",\"errorType\":\"E\"}";
    return choice.path("Or").findValuesAsText("StringMatches").stream()
        .anyMatch(
            pattern ->
                cause.matches(
                    Stream.of(pattern.split("[*]", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))));
  }

  @Test
  void everyPathGoesThroughCleanupAndOutcome() {
    for (String gate : List.of("Cleanup", "Outcome")) {
      assertThat(SANITIZE.reachedFrom(SANITIZE.start(), Set.of(gate)))
          .as("ends that a path reaches without " + gate)
          .noneMatch(SANITIZE::ends);
    }
  }

  @Test
  void noFailureIsWithoutNotice() {
    assertThat(SANITIZE.reachedFrom(SANITIZE.start(), Set.of("Notify")))
        .noneMatch(name -> SANITIZE.state(name).path("Type").asText().equals("Fail"));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void everyLoopCounts(StateGraph graph) {
    graph
        .states()
        .forEach(
            (name, state) -> {
              if (state.path("Type").asText().equals("Wait")) {
                assertThat(graph.loopOf(name)).as("loop of " + name).anyMatch(graph::limits);
              }
            });
  }

  @Test
  void longestRunFitsIntoOneExecution() {
    JsonNode limits = SANITIZE.state("Settings").path("Result").path("settings");
    int polls =
        limits.path("copyPolls").intValue()
            + 2 * limits.path("restorePolls").intValue()
            + limits.path("passwordPolls").intValue()
            + 2 * limits.path("serverPolls").intValue()
            + 3 * limits.path("deletePolls").intValue();
    int turns = limits.path("turns").intValue() + limits.path("deaths").intValue();
    assertThat(polls * EVENTS_OF_A_POLL + turns * EVENTS_OF_A_TURN)
        .isPositive()
        .isLessThan(MOST_EVENTS - 1_000);
  }
}
