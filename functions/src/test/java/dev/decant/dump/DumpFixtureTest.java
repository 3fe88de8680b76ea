package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Real dumps of pg_dump 15, 17 and 18. */
final class DumpFixtureTest {
  static final List<String> DUMPS = Fixtures.DUMPS;

  @ParameterizedTest
  @FieldSource("DUMPS")
  void everyStatementIsOfAKind(String name) {
    List<String> parts = Fixtures.describe(new ByteArrayInputStream(Fixtures.bytes(name)), 1 << 16);
    assertThat(parts).hasSizeGreaterThan(100);
  }
}
