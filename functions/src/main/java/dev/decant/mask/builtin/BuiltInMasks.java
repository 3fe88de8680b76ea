package dev.decant.mask.builtin;

import dev.decant.mask.MaskFactory;
import dev.decant.mask.Masks;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The list of the masks that decant brings along. */
public final class BuiltInMasks {
  private BuiltInMasks() {}

  /**
   * The masks of decant and the masks of others on the class path.
   *
   * @throws dev.decant.error.DecantException if two masks have the same name
   */
  public static Masks standard() {
    return with(ServiceLoader.load(MaskFactory.class));
  }

  /** The masks of decant and the given masks of others. */
  static Masks with(Iterable<MaskFactory> others) {
    return Masks.of(BuiltInMasks::all, others);
  }

  private static List<BuiltInFactory> all(Function<String, Optional<MaskFactory>> byName) {
    List<BuiltInFactory> all = new ArrayList<>();
    all.add(new KeepFactory());
    all.add(new NullifyFactory());
    all.add(new EmptyFactory());
    all.add(new ConstantFactory());
    all.add(new EmailFactory());
    all.addAll(PersonalFactory.all());
    all.add(new UsernameFactory());
    all.add(new PhoneFactory());
    all.add(new ScrambleFactory());
    all.add(new IdFactory());
    all.add(new UuidFactory());
    all.add(new HashFactory());
    all.add(new IpFactory());
    all.add(new TextFactory());
    all.add(new RedactFactory());
    all.add(new PasswordFactory());
    all.add(new DateShiftFactory());
    all.add(new NoiseFactory());
    all.add(new TemplateFactory());
    all.add(new PickFactory());
    all.add(new JsonFactory(byName));
    all.add(new PlaceholderFactory());
    return all;
  }

  /** The names of the masks that serve a category of types, for messages. */
  static List<String> serving(TypeCategory category) {
    return all(name -> Optional.empty()).stream()
        .filter(factory -> factory.serves(category))
        .map(BuiltInFactory::name)
        .toList();
  }
}
