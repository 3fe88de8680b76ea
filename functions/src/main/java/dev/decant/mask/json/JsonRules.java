package dev.decant.mask.json;

import dev.decant.mask.Mask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the values of a JSON document. The rule of a value is the rule of its path. If its
 * path has no rule, the rule of its key counts, at any depth. If its key has no rule either, the
 * rule of the nearest value around it counts. A path or key is compared with the raw names of
 * members.
 */
public final class JsonRules {
  /** The rule for a value and for the values in it. */
  public sealed interface Rule {
    /** Keeps the value. */
    record Keep() implements Rule {}

    /** Replaces the value by a literal; an object or array only if {@code whole} is set. */
    record Literal(byte[] json, boolean whole) implements Rule {}

    /**
     * Replaces a string by an empty one and other values by null. If {@code whole} is set, objects
     * and arrays become empty too.
     */
    record Empty(boolean whole) implements Rule {}

    /** Masks strings, whole numbers and other numbers. The words true, false and null stay. */
    record Masked(Mask text, Mask integer, Mask number) implements Rule {}
  }

  /** A place in the document that a path leads to or through. */
  static final class Place {
    private final List<byte[]> names = new ArrayList<>();
    private final List<Place> members = new ArrayList<>();
    private @Nullable Place elements;
    private @Nullable Rule rule;
    private @Nullable Mask memberNames;

    /** The mask of the names of the members of an object at this place; null if they stay. */
    @Nullable Mask memberNames() {
      return memberNames;
    }

    @Nullable Rule rule() {
      return rule;
    }

    @Nullable Place elements() {
      return elements;
    }

    /** The place of the member whose name has these bytes. */
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

  /** A place whose members are the keys that have a rule at any depth. */
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
    place(steps).rule = rule;
  }

  /** Masks the names of the members of the object to which the path leads. */
  public void memberNames(List<JsonPath.Step> steps, Mask mask) {
    place(steps).memberNames = mask;
  }

  private Place place(List<JsonPath.Step> steps) {
    Place place = root;
    for (JsonPath.Step step : steps) {
      place = place.step(step);
    }
    return place;
  }

  public void key(String name, Rule rule) {
    keys.step(new JsonPath.Step(name)).rule = rule;
  }

  public @Nullable Rule key(byte[] name, int from, int to) {
    Place place = keys.member(name, from, to);
    return place == null ? null : place.rule;
  }
}
