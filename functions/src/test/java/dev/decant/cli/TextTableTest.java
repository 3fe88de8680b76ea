package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests tables on terminals of several widths. */
final class TextTableTest {
  private static TextTable table() {
    TextTable table = new TextTable("TABLE", ">ROWS", "MASKED");
    table.row("public.user", "1,234", "email (email), full_name (name), phone (phone)");
    table.row("public.a", "1", "");
    return table;
  }

  @Test
  void aTableThatFitsOrIsNotShownOnATerminalStaysAsItIs() {
    assertThat(table().lines(0)).isEqualTo(table().lines()).isEqualTo(table().lines(100));
  }

  @Test
  void theLastColumnIsWrappedBelowItself() {
    assertThat(table().lines(52))
        .containsExactly(
            "TABLE         ROWS  MASKED",
            "public.user  1,234  email (email), full_name (name),",
            "                    phone (phone)",
            "public.a         1");
  }

  @Test
  void whereThereIsNoRoomTheColumnsStandBelowTheFirst() {
    assertThat(table().lines(40))
        .containsExactly(
            "public.user",
            "  rows: 1,234, masked: email (email),",
            "  full_name (name), phone (phone)",
            "public.a",
            "  rows: 1");
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    TextTable long_ = new TextTable("A", "B");
    long_.row("x", "y".repeat(300));
    for (int columns = 20; columns < 120; columns++) {
      int width = columns;
      assertThat(long_.lines(columns))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
      assertThat(table().lines(columns))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }
  }
}
