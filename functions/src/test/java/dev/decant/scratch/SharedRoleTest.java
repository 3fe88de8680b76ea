package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SharedRoleTest {
  @Test
  void runsWhoseIdsBeginAlikeHaveDifferentRoles() {
    String id = "shop20261127night";
    String name = new SharedRole(id + "1", "p").name();
    assertThat(name).isEqualTo(new SharedRole(id + "1", "p").name()).hasSizeLessThan(64);
    assertThat(name).isNotEqualTo(new SharedRole(id + "2", "p").name());
  }

  @Test
  void runsOfDifferentKeysHaveDifferentRoles() {
    assertThat(new SharedRole("r1", "p").name()).isNotEqualTo(new SharedRole("r1", "q").name());
  }
}
