package dev.decant.mask;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.mask.cipher.Prf;
import dev.decant.schema.Column;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the masks of one table are made with, by one worker. Not for several threads. */
public final class TableMaskKit implements MaskKit {
  private final Masks masks;
  private final MaskingKey key;
  private final Locale locale;
  private final Map<String, Integer> fields;
  private final Map<String, Prf> functions = new HashMap<>();

  /**
   * For the rows of one COPY block.
   *
   * @param locale of the policy
   * @param fields the number of each column in the rows
   */
  public TableMaskKit(Masks masks, MaskingKey key, Locale locale, Map<String, Integer> fields) {
    this.masks = masks;
    this.key = key;
    this.locale = locale;
    this.fields = Map.copyOf(fields);
  }

  @Override
  public Prf prf(String realm) {
    return functions.computeIfAbsent(realm, key::prf);
  }

  @Override
  public Locale locale() {
    return locale;
  }

  @Override
  public Optional<Integer> field(String column) {
    return Optional.ofNullable(fields.get(column));
  }

  @Override
  public Mask mask(MaskSpec spec, Column column) {
    return masks
        .factory(spec.name())
        .orElseThrow(
            () ->
                new DecantException(
                    ErrorCode.POLICY_INVALID,
                    "there is no mask "
                        + spec.name()
                        + "; there are "
                        + String.join(", ", masks.names())))
        .create(spec, column, this);
  }
}
