package dev.decant.mask.json;

import dev.decant.mask.Mask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the values of a JSON document. The rule of a value is that of its very path; else
 * that of its key, at any depth; else that of the nearest value around it which has one.
 */
public final class JsonRules {
  /** What becomes of a value, and of those in it. */
  public sealed interface Rule {
    /** It passes. */
    record Keep() implements Rule {}

    /** Something else stands in its place, also where it is an object or array if so said. */
    record Literal(byte[] json, boolean whole) implements Rule {}

    /** An empty object, array or string, or null for others; the first two if so said. */
    record Empty(boolean whole) implements Rule {}

    /** Its strings, whole numbers and other numbers are masked; true, false and null stay. */
    record Masked(Mask text, Mask integer, Mask number) implements Rule {}
  }

  /** A value's place in the document, where a path goes through it. */
  static final class Place {
    private final List<byte[]> names = new ArrayList<>();
    private final List<Place> members = new ArrayList<>();
    private @Nullable Place elements;
    private @Nullable Rule rule;

    @Nullable Rule rule() {
      return rule;
    }

    @Nullable Place elements() {
      return elements;
    }

    /** The place of a member, by the bytes of its name. */
    @Nullable Place member(byte[] name, int from, int to) {
      for (int i = 0; i < names.size(); i++) {
        byte[] known = names.get(i);
        if (Arrays.equals(known, 0, known.length, name, from, to)) {
          return members.get(i);
        }
      }
      return null;
    }

    private Place step(JsonPath.Step step) {
      String member = step.member();
      if (member == null) {
        elements = elements == null ? new Place() : elements;
        return elements;
      }
      byte[] name = member.getBytes(StandardCharsets.UTF_8);
      Place place = member(name, 0, name.length);
      if (place == null) {
        place = new Place();
        names.add(name);
        members.add(place);
      }
      return place;
    }
  }

  static final JsonRules KEEP_ALL = new JsonRules(new Rule.Keep());

  private final Rule other;
  private final Place root = new Place();

  /** A place of which only the members count: the keys that have a rule at any depth. */
  private final Place keys = new Place();

  public JsonRules(Rule other) {
    this.other = other;
  }

  Rule other() {
    return other;
  }

  Place root() {
    return root;
  }

  public void path(List<JsonPath.Step> steps, Rule rule) {
    Place place = root;
    for (JsonPath.Step step : steps) {
      place = place.step(step);
    }
    place.rule = rule;
  }

  public void key(String name, Rule rule) {
    keys.step(new JsonPath.Step(name)).rule = rule;
  }

  public @Nullable Rule key(byte[] name, int from, int to) {
    Place place = keys.member(name, from, to);
    return place == null ? null : place.rule;
  }
}
