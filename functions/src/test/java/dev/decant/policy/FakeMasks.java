package dev.decant.policy;

import static dev.decant.mask.MaskOption.choice;
import static dev.decant.mask.MaskOption.optional;
import static dev.decant.mask.MaskOption.required;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskOption.Kind;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Masks that serve certain types but mask nothing. */
public final class FakeMasks implements MaskCatalog {
  private final Map<String, MaskFactory> factories = new TreeMap<>();

  public FakeMasks() {
    Set<TypeCategory> all = EnumSet.allOf(TypeCategory.class);
    Set<TypeCategory> text = EnumSet.of(TypeCategory.TEXT);
    Set<TypeCategory> integers =
        EnumSet.of(TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT);
    Set<TypeCategory> times = EnumSet.of(TypeCategory.DATE, TypeCategory.TIMESTAMP);
    add("keep", all, true);
    add("nullify", all, false);
    add(
        "empty",
        EnumSet.of(TypeCategory.TEXT, TypeCategory.BYTEA, TypeCategory.JSON, TypeCategory.TSVECTOR),
        false);
    add("constant", all, false, required("value", Kind.SCALAR));
    add(
        "email",
        text,
        true,
        optional("domain", Kind.STRING),
        optional("keep-domain", Kind.BOOLEAN),
        optional("prefix", Kind.STRING));
    add("full-name", text, false, optional("locale", Kind.STRING));
    add("phone", EnumSet.of(TypeCategory.TEXT, TypeCategory.BIGINT), true);
    add("scramble", text, true, optional("keep-first", Kind.INTEGER));
    add("hash", text, true, optional("length", Kind.INTEGER));
    Set<TypeCategory> ids = EnumSet.copyOf(integers);
    ids.add(TypeCategory.UUID);
    add("id", ids, true);
    add("text", text, false);
    add("redact", text, false, optional("value", Kind.STRING));
    add(
        "password",
        text,
        false,
        choice("algorithm", "bcrypt", "pbkdf2-sha256", "argon2id"),
        optional("cost", Kind.INTEGER),
        optional("value", Kind.STRING));
    add(
        "noise",
        EnumSet.of(TypeCategory.NUMERIC, TypeCategory.INTEGER),
        false,
        optional("percent", Kind.NUMBER));
    add("date-shift", times, false, optional("days", Kind.INTEGER), optional("by", Kind.COLUMN));
    add("pick", text, false, optional("values", Kind.LIST), optional("file", Kind.FILE));
    add(
        "json",
        EnumSet.of(TypeCategory.JSON),
        false,
        optional("keep", Kind.LIST),
        optional("columns", Kind.MASKS),
        optional("keys", Kind.MASKS),
        optional("other", Kind.MASK));
    add(
        "placeholder",
        EnumSet.of(TypeCategory.BYTEA),
        false,
        choice("kind", "png", "pdf", "empty"));
    add("template", text, true, required("value", Kind.TEMPLATE));
  }

  private void add(
      String name, Set<TypeCategory> serves, boolean injective, MaskOption... options) {
    factories.put(name, new Fake(name, serves, injective, List.of(options)));
  }

  @Override
  public Optional<MaskFactory> factory(String name) {
    return Optional.ofNullable(factories.get(name));
  }

  @Override
  public Set<String> names() {
    return factories.keySet();
  }

  private record Fake(
      String name, Set<TypeCategory> types, boolean isInjective, List<MaskOption> options)
      implements MaskFactory {
    @Override
    public @Nullable String problem(MaskSpec spec, Column column) {
      return String.valueOf(spec.options().get("value")).length() > 40
          ? "The value " + spec.options().get("value") + " is too long. Write a shorter one."
          : null;
    }

    @Override
    public boolean injective(MaskSpec spec, Column column) {
      return isInjective;
    }

    @Override
    public Mask create(MaskSpec spec, Column column, MaskKit kit) {
      throw new UnsupportedOperationException();
    }
  }
}
