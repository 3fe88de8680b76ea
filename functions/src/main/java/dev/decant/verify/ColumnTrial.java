package dev.decant.verify;

import dev.decant.copy.Bytes;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Masks;
import dev.decant.mask.NoRow;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tries masks on made-up values of one column. */
record ColumnTrial(
    ColumnTrial.Place place,
    Masks masks,
    Locale locale,
    ConstraintTrial trial,
    ConstraintTrial.Constraints constraints) {
  private static final int MOST_ALTERNATIVES = 3;
  private static final MaskingKey KEY = new MaskingKey(new byte[MaskingKey.MIN_BYTES]);

  /** The masks that the advice names first. */
  private static final List<String> PREFERRED = List.of("scramble", "noise", "date-shift", "hash");

  private static final Set<String> NO_ADVICE = Set.of("keep", "nullify", "empty", "constant");

  /** A column and its surroundings. */
  record Place(Schema schema, Table table, Column column) {
    List<String> allowed() {
      return schema.facts(table.name(), column.name()).allowed();
    }

    List<String> checks() {
      return schema.facts(table.name(), column.name()).checks().stream()
          .filter(check -> check.columns().size() <= 1)
          .map(ColumnFacts.Check::definition)
          .toList();
    }

    boolean unique() {
      return schema.uniqueKeys().stream()
          .anyMatch(k -> k.table().equals(table.name()) && k.columns().contains(column.name()));
    }
  }

  /** The problem of the mask, and the advice; empty if no problem was found. */
  String problem(MaskSpec mask) {
    List<String> made = TrialValues.of(place.column(), place.allowed());
    if (readsOtherColumns(mask) || (made.isEmpty() && !mask.name().equals("constant"))) {
      return "";
    }
    Optional<List<String>> valid = valid(made);
    if (valid.filter(List::isEmpty).isPresent()) {
      valid = valid(CheckLiterals.values(place.checks(), place.column().type()));
    }
    return valid.map(values -> problem(mask, made, values)).orElse("");
  }

  /** The values that satisfy the constraints; empty if the trial failed. */
  private Optional<List<String>> valid(List<String> made) {
    return trial
        .broken(made, constraints)
        .map(
            broken ->
                IntStream.range(0, made.size())
                    .filter(i -> broken.get(i).isEmpty())
                    .mapToObj(made::get)
                    .toList());
  }

  private String problem(MaskSpec mask, List<String> made, List<String> valid) {
    boolean constant = mask.name().equals("constant");
    List<String> raw = constant ? List.of("x") : valid.isEmpty() ? made : valid;
    List<String> masked = masked(mask, raw);
    if (valid.isEmpty() && !constant && keepsShape(raw, masked)) {
      return "";
    }
    List<String> failures = failures(masked);
    boolean fails =
        valid.isEmpty() ? failures.size() == masked.size() : failures.size() * 2 >= masked.size();
    return masked.isEmpty() || !fails ? "" : message(mask, failures.getFirst()) + advice(valid);
  }

  private List<String> failures(List<String> masked) {
    return trial.broken(masked, constraints).orElse(List.of()).stream()
        .filter(failure -> !failure.isEmpty())
        .toList();
  }

  private boolean readsOtherColumns(MaskSpec mask) {
    return masks.whole(mask.name()).stream()
        .flatMap(factory -> factory.options().stream())
        .anyMatch(option -> option.kind() == MaskOption.Kind.TEMPLATE);
  }

  /**
   * The masked values. Values that become NULL are left out, and so are values that the mask does
   * not accept, because not every made-up value has the form of the type.
   */
  private List<String> masked(MaskSpec spec, List<String> raw) {
    Mask mask =
        new TableMaskKit(masks, KEY, locale, place.table().copyColumns())
            .mask(spec, place.column());
    Bytes out = new Bytes(256);
    List<String> masked = new ArrayList<>();
    for (String value : raw) {
      out.clear();
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      if (applies(mask, bytes, out)) {
        masked.add(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8));
      }
    }
    return masked;
  }

  private static boolean applies(Mask mask, byte[] value, Bytes out) {
    try {
      return mask.apply(value, 0, value.length, NoRow.INSTANCE, out);
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static boolean keepsShape(List<String> raw, List<String> masked) {
    return raw.size() == masked.size()
        && IntStream.range(0, raw.size())
            .allMatch(i -> shape(raw.get(i)).equals(shape(masked.get(i))));
  }

  private static String shape(String text) {
    return text.replaceAll("\\p{L}", "a").replaceAll("\\p{N}+", "9");
  }

  private String message(MaskSpec mask, String failure) {
    return "The mask "
        + mask.name()
        + " gives values that "
        + (failure.startsWith("?")
            ? "are not in the form of the type "
                + place.column().type().name()
                + " (SQLSTATE "
                + failure.substring(1)
                + ")."
            : "the constraint " + TableName.quoted(failure) + " refuses.");
  }

  private String advice(List<String> valid) {
    List<String> good = new ArrayList<>();
    if (!place.allowed().isEmpty() && place.column().type().category() == TypeCategory.TEXT) {
      good.add("{ mask: pick, values: [" + String.join(", ", place.allowed()) + "] }");
    }
    Stream.concat(PREFERRED.stream(), masks.names().stream())
        .distinct()
        .filter(name -> !NO_ADVICE.contains(name) && satisfies(MaskSpec.of(name), valid))
        .limit(MOST_ALTERNATIVES)
        .forEach(good::add);
    if (!place.column().notNull()) {
      good.add("nullify");
    }
    return good.isEmpty()
        ? " Write another mask."
        : " Write " + String.join(" or ", good) + ", for example.";
  }

  private boolean satisfies(MaskSpec mask, List<String> valid) {
    return !valid.isEmpty()
        && masks.factory(mask.name()).filter(factory -> serves(factory, mask)).isPresent()
        && failures(masked(mask, valid)).size() * 2 < valid.size();
  }

  private boolean serves(MaskFactory factory, MaskSpec mask) {
    return factory.options().stream()
            .noneMatch(o -> o.required() || o.kind() == MaskOption.Kind.TEMPLATE)
        && factory.refusal(mask, place.column()) == null
        && (!place.unique() || factory.injective(mask, place.column()));
  }
}
