package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.Prf;
import dev.decant.schema.Column;

/** {@code user-agent}: one of some common user agents of browsers, phones and programs. */
final class UserAgentFactory extends BuiltInFactory {
  UserAgentFactory() {
    super(
        MaskTraits.of(
            "user-agent",
            "Picks one of 24 common user agents: `MyApp/1.2 (Max's iPhone)` → `curl/8.5.0`.",
            TEXT));
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Prf prf = kit.prf(spec.effectiveRealm());
    Dictionary agents = Dictionary.of("user-agents");
    return new TextMask(column) {
      @Override
      void write(byte[] value, int from, int to, RowView row, Bytes out) {
        agents.pick(prf.hash(value, from, to), out);
      }
    };
  }
}
