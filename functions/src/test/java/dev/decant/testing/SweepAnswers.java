package dev.decant.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads the answers of the functions that sweep. */
public final class SweepAnswers {
  private SweepAnswers() {}

  /** The names of the leftovers in a list of an answer, such as {@code deleted}. */
  public static List<String> names(JsonNode answer, String list) {
    return StreamSupport.stream(answer.path(list).spliterator(), false)
        .map(each -> each.path("name").asText())
        .toList();
  }

  /** The reason why the leftover with this name was left. */
  public static String why(JsonNode answer, String name) {
    return StreamSupport.stream(answer.path("left").spliterator(), false)
        .filter(each -> each.path("name").asText().equals(name))
        .map(each -> each.path("why").asText())
        .findFirst()
        .orElseThrow();
  }
}
