package dev.decant.mask.builtin;

import dev.decant.mask.MaskFactory;
import dev.decant.mask.Masks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The list of the built-in masks of decant. */
public final class BuiltInMasks {
  private BuiltInMasks() {}

  /**
   * The built-in masks and the masks of other jars on the class path.
   *
   * @throws dev.decant.error.DecantException if two masks have the same name
   */
  public static Masks standard() {
    return with(ServiceLoader.load(MaskFactory.class));
  }

  /** The built-in masks and the given masks. */
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
    all.add(new MacFactory());
    all.add(new UrlFactory());
    all.add(new UserAgentFactory());
    all.add(new IbanFactory());
    all.add(new CreditCardFactory());
    all.add(new PatternFactory());
    all.add(new RoundFactory());
    all.add(new DateTruncateFactory());
    all.add(new HstoreFactory(byName));
    all.add(new XmlFactory(byName));
    all.add(new PointFactory());
    all.add(new VectorNoiseFactory());
    all.add(new ArrayFactory(byName));
    all.add(new CompositeFactory(byName));
    all.add(new PlaceholderFactory());
    all.add(new SearchVectorFactory());
    return all;
  }
}
