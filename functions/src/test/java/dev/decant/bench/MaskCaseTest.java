package dev.decant.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.Masks;
import dev.decant.mask.builtin.BuiltInMasks;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MaskCaseTest {
  private static final Masks MASKS = BuiltInMasks.standard();

  @Test
  void eachMaskIsMeasured() {
    Set<String> measured =
        Arrays.stream(MaskCase.values()).map(MaskCase::mask).collect(Collectors.toSet());
    measured.addAll(MaskCase.NOT_RUN);
    assertThat(new TreeSet<>(measured)).isEqualTo(MASKS.names());
  }

  @ParameterizedTest
  @EnumSource
  void theMaskServesItsColumn(MaskCase each) {
    assertThat(MASKS.factory(each.mask()).orElseThrow().refusal(each.spec(), each.column()))
        .isNull();
    assertThat(each.value(new SplittableRandom(1))).isNotEmpty();
  }
}
