package dev.decant.mask;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.mask.cipher.Prf;
import dev.decant.schema.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the masks of one table for one worker. Only one thread may use an instance. */
public final class TableMaskKit implements MaskKit {
  private final Masks masks;
  private final MaskingKey key;
  private final Locale locale;
  private final MaskTap tap;
  private final Map<String, Integer> fields = new HashMap<>();
  private final Map<String, Prf> functions = new HashMap<>();

  /**
   * The masks of one worker, for the rows of one COPY block.
   *
   * @param locale the locale of the policy, whose dictionaries the masks use
   * @param columns the columns of the rows, as the COPY statement lists them
   */
  public TableMaskKit(Masks masks, MaskingKey key, Locale locale, List<String> columns) {
    this(masks, key, locale, columns, MaskTap.NONE);
  }

  /**
   * As the other constructor.
   *
   * @param tap sees each mask
   */
  public TableMaskKit(
      Masks masks, MaskingKey key, Locale locale, List<String> columns, MaskTap tap) {
    this.masks = masks;
    this.tap = tap;
    this.key = key;
    this.locale = locale;
    for (int field = 0; field < columns.size(); field++) {
      fields.put(columns.get(field), field);
    }
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
  public Mask traced(MaskSpec spec, Tracing usual, Mask mask) {
    return tap.tap(spec, usual, mask);
  }

  @Override
  public Mask mask(MaskSpec spec, Column column) {
    return masks
        .factory(spec.name())
        .orElseThrow(
            () ->
                new DecantException(
                    ErrorCode.POLICY_INVALID,
                    "The mask "
                        + spec.name()
                        + " does not exist. Write one of "
                        + String.join(", ", masks.names())
                        + "."))
        .create(spec, column, this);
  }
}
