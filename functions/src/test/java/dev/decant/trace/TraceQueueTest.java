package dev.decant.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraceQueueTest {
  private final TraceQueue queue = new TraceQueue();

  private void add(TraceQueue.Receiver receiver, String value, boolean returned) {
    byte[] bytes = ("x" + value + "x").getBytes(UTF_8);
    queue.add(receiver, bytes, 1, bytes.length - 1, returned);
  }

  private static TraceQueue.Receiver into(List<String> values) {
    return (value, from, to, returned) ->
        values.add(new String(value, from, to - from, UTF_8) + (returned ? " returned" : ""));
  }

  /** The queue is emptied many times, by the number of values and by their bytes. */
  @Test
  void eachReceiverGetsEachOfItsValuesOnceAndInTheirOrder() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    List<String> expectedFirst = new ArrayList<>();
    List<String> expectedSecond = new ArrayList<>();
    TraceQueue.Receiver one = into(first);
    TraceQueue.Receiver two = into(second);
    for (int i = 0; i < 10_000; i++) {
      String value = "v".repeat(i % 97 == 0 ? 3_000 : i % 7) + i;
      add(one, value, i % 3 == 0);
      expectedFirst.add(value + (i % 3 == 0 ? " returned" : ""));
      if (i % 2 == 0) {
        add(two, value, false);
        expectedSecond.add(value);
      }
    }
    queue.drain();
    queue.drain();
    assertThat(first).isEqualTo(expectedFirst);
    assertThat(second).isEqualTo(expectedSecond);
  }

  @Test
  void aValueThatIsTooLongForTheQueueIsTracedAtOnce() {
    List<String> values = new ArrayList<>();
    add(into(values), "v".repeat(100_000), true);
    assertThat(values).singleElement().asString().hasSize(100_009);
  }
}
