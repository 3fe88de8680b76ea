package dev.decant.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.schema.TypeCategory;
import org.junit.jupiter.api.Test;

final class MaskCatalogTest {
  @Test
  void theMasksThatServeATypeAreNamed() {
    MaskCatalog masks = MaskCatalog.standard();
    assertThat(masks.serving(TypeCategory.INTEGER))
        .contains("constant", "id", "keep", "noise", "nullify", "phone")
        .doesNotContain("email", "empty")
        .isSorted();
    assertThat(masks.serving(TypeCategory.ARRAY))
        .contains("constant", "empty", "keep", "nullify")
        .doesNotContain("scramble");
  }
}
