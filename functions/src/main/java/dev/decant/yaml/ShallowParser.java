package dev.decant.yaml;

import java.io.Serial;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Ends the reading of a file that is nested too deeply. Composing nodes is recursive, so the depth
 * is checked in the flat stream of events before it.
 */
final class ShallowParser implements Parser {
  /** The end of the reading. It has no stack trace, because it becomes a problem of the file. */
  static final class TooDeep extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final int line;

    TooDeep(int line) {
      super(null, null, false, false);
      this.line = line;
    }

    /** The line of the first value that is too deep, from 1; 0 if it is not known. */
    int line() {
      return line;
    }
  }

  private final Parser events;
  private int depth;

  ShallowParser(Parser events) {
    this.events = events;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return events.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return events.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return events.hasNext();
  }

  @Override
  public Event next() {
    Event event = events.next();
    switch (event.getEventId()) {
      case MappingStart, SequenceStart -> depth++;
      case MappingEnd, SequenceEnd -> depth--;
      default -> {}
    }
    if (depth > YamlFile.MAX_DEPTH) {
      throw new TooDeep(event.getStartMark().map(m -> m.getLine() + 1).orElse(0));
    }
    return event;
  }
}
