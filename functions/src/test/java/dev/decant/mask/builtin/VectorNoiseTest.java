package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorNoiseTest {
  private static final int DIMENSIONS = 2000;

  private static Column column(String type) {
    return MaskProbe.column(type, TypeCategory.OTHER);
  }

  private static MaskProbe mask(MaskSpec spec) {
    return MaskProbe.of(spec, column("public.vector(2000)"));
  }

  private static String raw(double scale) {
    return new Random(3)
        .doubles(DIMENSIONS, -scale, scale)
        .mapToObj(d -> String.valueOf((float) d))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static double[] numbers(String vector) {
    return Arrays.stream(vector.substring(1, vector.length() - 1).split(",", -1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** The root mean square of the noise. */
  private static double noise(String raw, String masked) {
    double[] a = numbers(raw);
    double[] b = numbers(masked);
    assertThat(b).hasSameSizeAs(a);
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares / a.length);
  }

  @Test
  void theNoiseIsAPartOfTheVectorsOwnSize() {
    for (double scale : new double[] {0.05, 40}) {
      String raw = raw(scale);
      double size = Math.sqrt(DoubleStream.of(numbers(raw)).map(d -> d * d).average().orElse(0));
      String masked = mask(MaskProbe.spec("vector-noise", "percent", 30L)).mask(raw);

      assertThat(noise(raw, masked) / size).isBetween(0.28, 0.32);
    }
  }

  @Test
  void theNoiseMayBeTheSameForAllVectors() {
    MaskProbe mask = mask(MaskProbe.spec("vector-noise", "stddev", 0.2));

    assertThat(noise(raw(0.05), mask.mask(raw(0.05)))).isBetween(0.19, 0.21);
    assertThat(noise(raw(40), mask.mask(raw(40)))).isBetween(0.19, 0.21);
  }

  @Test
  void equalVectorsStayEqualAndOthersGetOtherNoise() {
    MaskProbe mask = mask(MaskSpec.of("vector-noise"));

    assertThat(mask.mask("[1,2,3]")).isEqualTo(mask.mask("[1,2,3]"));
    assertThat(numbers(mask.mask("[1,2,3.5]"))[0]).isNotEqualTo(numbers(mask.mask("[1,2,3]"))[0]);
  }

  @Test
  void aSparseVectorKeepsItsPlacesAndItsDimension() {
    MaskProbe mask = MaskProbe.of(MaskSpec.of("vector-noise"), column("sparsevec(9)"));

    assertThat(mask.mask("{1:0.5,7:-2}/9"))
        .matches("\\{1:-?[0-9.E-]+,7:-?[0-9.E-]+}/9")
        .isNotEqualTo("{1:0.5,7:-2}/9");
    assertThat(mask.mask("{}/9")).isEqualTo("{}/9");
  }

  @Test
  void theNumbersFitTheType() {
    MaskProbe half =
        MaskProbe.of(MaskProbe.spec("vector-noise", "percent", 1000L), column("halfvec(2)"));

    assertThat(Arrays.stream(numbers(half.mask("[65504,-65504]"))).map(Math::abs).max())
        .hasValue(65504);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "1,2", "[1,2]x", "[1,,2]", "[a]", "{1:2", "{1}/2", "{1:2}x"})
  void otherTextsAreNoVector(String raw) {
    assertThatThrownBy(() -> mask(MaskSpec.of("vector-noise")).mask(raw))
        .hasMessage("The value is not a vector as pgvector writes it.")
        .hasNoCause();
  }

  @Test
  void otherTypesAndOptionsAreRefused() {
    assertThat(MaskProbe.refusal(MaskSpec.of("vector-noise"), column("tsquery")))
        .contains("does not serve columns of type tsquery");
    assertThat(
            MaskProbe.refusal(
                MaskProbe.spec("vector-noise", "percent", 5L, "stddev", 1L), column("vector")))
        .contains("exclude each other");
    assertThat(
            MaskProbe.refusal(MaskProbe.spec("vector-noise", "stddev", 0L), column("x.halfvec(3)")))
        .contains("out of range");
  }
}
