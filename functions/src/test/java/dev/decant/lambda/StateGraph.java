package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The states of a machine of Step Functions, or of one branch inside it, as a graph.
 *
 * @param name what a message calls it
 */
record StateGraph(String name, String start, Map<String, JsonNode> states) {
  /** Gets a task, and whether a state around it catches its errors. */
  interface TaskConsumer {
    void accept(String name, JsonNode task, boolean caughtOutside);
  }

  static StateGraph read(String machine) {
    Path file = Path.of("..", "statemachine", machine + ".asl.json");
    try {
      return of(machine, JsonMapper.builder().build().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StateGraph of(String name, JsonNode machine) {
    Map<String, JsonNode> states = new LinkedHashMap<>();
    machine.path("States").properties().forEach(s -> states.put(s.getKey(), s.getValue()));
    return new StateGraph(name, machine.path("StartAt").asText(), states);
  }

  /** The state of that name. */
  JsonNode state(String state) {
    return Objects.requireNonNull(states.get(state), () -> name + " has no state " + state);
  }

  /** This graph and the graphs of its branches. */
  Stream<StateGraph> withNested() {
    return Stream.concat(
        Stream.of(this),
        states.keySet().stream().flatMap(this::branches).flatMap(StateGraph::withNested));
  }

  private Stream<StateGraph> branches(String state) {
    JsonNode node = state(state);
    Stream<JsonNode> processor = Stream.of(node.path("ItemProcessor")).filter(JsonNode::isObject);
    return Stream.concat(node.path("Branches").valueStream(), processor)
        .map(branch -> of(name + "/" + state, branch));
  }

  void eachTask(TaskConsumer consumer) {
    eachTask(consumer, false);
  }

  private void eachTask(TaskConsumer consumer, boolean caughtOutside) {
    states.forEach(
        (state, node) -> {
          if (node.path("Type").asText().equals("Task")) {
            consumer.accept(state, node, caughtOutside);
          }
          branches(state).forEach(b -> b.eachTask(consumer, caughtOutside || catchesAll(node)));
        });
  }

  static boolean catchesAll(JsonNode state) {
    return state
        .path("Catch")
        .valueStream()
        .anyMatch(c -> c.path("ErrorEquals").toString().equals("[\"States.ALL\"]"));
  }

  /** The states that a path from this one reaches without entering the others. */
  Set<String> reachedFrom(String from, Set<String> without) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      String state = open.pop();
      if (!without.contains(state) && reached.add(state)) {
        open.addAll(next(state));
      }
    }
    return reached;
  }

  /** The states from which a path leads to this one and back. */
  Set<String> loopOf(String state) {
    return next(state).stream()
        .flatMap(next -> reachedFrom(next, Set.of()).stream())
        .filter(other -> reachedFrom(other, Set.of()).contains(state))
        .collect(Collectors.toSet());
  }

  /** Whether a state leaves a loop when a number reaches its limit. */
  boolean limits(String state) {
    return state(state)
        .path("Choices")
        .toString()
        .matches(".*\"Numeric(Greater|Less)Than[A-Za-z]*Path\".*");
  }

  boolean ends(String state) {
    String type = state(state).path("Type").asText();
    return state(state).path("End").asBoolean() || type.equals("Fail") || type.equals("Succeed");
  }

  private List<String> next(String state) {
    JsonNode node = state(state);
    return Stream.of(
            Stream.of(node.path("Next"), node.path("Default")),
            node.path("Choices").valueStream().map(choice -> choice.path("Next")),
            node.path("Catch").valueStream().map(caught -> caught.path("Next")))
        .flatMap(each -> each)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
