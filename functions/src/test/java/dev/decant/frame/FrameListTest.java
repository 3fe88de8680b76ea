package dev.decant.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FrameListTest {
  private static final TableName USERS = new TableName("public", "users");
  private static final TableName ORDERS = new TableName("public", "orders");

  private final SpooledFrame ddl = frame(Frame.Kind.DDL, null, 1);
  private final SpooledFrame copyUsers = frame(Frame.Kind.COPY, USERS, 2);
  private final SpooledFrame users1 = frame(Frame.Kind.ROWS, USERS, 3);
  private final SpooledFrame users2 = frame(Frame.Kind.ROWS, USERS, 4);
  private final SpooledFrame endUsers = frame(Frame.Kind.END, USERS, 5);
  private final SpooledFrame copyOrders = frame(Frame.Kind.COPY, ORDERS, 6);
  private final SpooledFrame endOrders = frame(Frame.Kind.END, ORDERS, 7);
  private final SpooledFrame last = frame(Frame.Kind.DDL, null, 8);

  @Test
  void orderIsThatOfTheReaderWhateverOrderWorkersFinishIn() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(filled(seed).inOrder())
          .containsExactly(ddl, copyUsers, users1, users2, endUsers, copyOrders, endOrders, last);
    }
  }

  @Test
  void replacedRowsStandWhereTheOldOnesStood() {
    SpooledFrame changed = frame(Frame.Kind.ROWS, USERS, 30);
    SpooledFrame inserted = frame(Frame.Kind.ROWS, ORDERS, 31);
    FrameList frames = filled(1);
    frames.replaceRows(USERS, List.of(changed));
    frames.replaceRows(ORDERS, List.of(inserted));

    assertThat(frames.inOrder())
        .containsExactly(ddl, copyUsers, changed, endUsers, copyOrders, inserted, endOrders, last);
    assertThat(frames.rows()).containsEntry(USERS, 30L).containsEntry(ORDERS, 31L);
  }

  @Test
  void allRowsCanGo() {
    FrameList frames = filled(1);
    frames.replaceRows(USERS, List.of());

    assertThat(frames.inOrder())
        .containsExactly(ddl, copyUsers, endUsers, copyOrders, endOrders, last);
    assertThat(frames.rows()).containsEntry(USERS, 0L);
  }

  @Test
  void rowsOfAnotherTableAreNoReplacement() {
    FrameList frames = filled(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.replaceRows(ORDERS, List.of(users1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frames.replaceRows(new TableName("public", "none"), List.of()));
  }

  @Test
  void oneNumberHasOneFrame() {
    FrameList frames = filled(1);

    assertThatIllegalStateException().isThrownBy(() -> frames.add(1, 1, users2));
  }

  @Test
  void rowsOutsideOfTheirCopyAreRefused() {
    FrameList without = new FrameList();
    without.add(0, 0, users1);
    FrameList open = new FrameList();
    open.add(0, 0, copyUsers);
    FrameList mixed = new FrameList();
    mixed.add(0, 0, copyOrders);
    mixed.add(0, 1, users1);
    mixed.add(0, 2, endOrders);

    assertThatIllegalStateException().isThrownBy(without::inOrder);
    assertThatIllegalStateException().isThrownBy(open::inOrder);
    assertThatIllegalStateException().isThrownBy(mixed::inOrder);
  }

  private FrameList filled(int seed) {
    FrameList frames = new FrameList();
    List<Runnable> adds = new ArrayList<>();
    adds.add(() -> frames.add(0, 0, ddl));
    adds.add(() -> frames.add(1, 0, copyUsers));
    adds.add(() -> frames.add(1, 1, users1));
    adds.add(() -> frames.add(1, 2, users2));
    adds.add(() -> frames.add(1, Long.MAX_VALUE, endUsers));
    adds.add(() -> frames.add(2, 0, copyOrders));
    adds.add(() -> frames.add(2, Long.MAX_VALUE, endOrders));
    adds.add(() -> frames.add(9, 0, last));
    Collections.shuffle(adds, new Random(seed));
    adds.forEach(Runnable::run);
    return frames;
  }

  private static SpooledFrame frame(Frame.Kind kind, @Nullable TableName table, int number) {
    return new SpooledFrame(
        kind, table, kind == Frame.Kind.ROWS ? number : 0, number, 1, 1, "sha" + number);
  }
}
