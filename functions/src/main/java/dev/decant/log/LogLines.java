package dev.decant.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream whose lines become events of the log, so that a log of JSON lines has nothing else. */
public final class LogLines extends OutputStream {
  private static final Logger LOG = LoggerFactory.getLogger(LogLines.class);

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private LogLines() {}

  /** A new stream. Any number of threads may print to it. */
  public static PrintStream stream() {
    return new PrintStream(new LogLines(), true, UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (b != '\n') {
      line.write(b);
    } else if (line.size() > 0) {
      LOG.atInfo().addKeyValue("event", "message").log("{}", line.toString(UTF_8));
      line.reset();
    }
  }
}
