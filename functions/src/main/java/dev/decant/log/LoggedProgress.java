package dev.decant.log;

import dev.decant.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the stages and the messages of a run to the log. The output of programs is left out,
 * because decant does not know whether it has values of rows.
 */
public final class LoggedProgress implements Progress {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedProgress.class);

  @Override
  public void stage(String name, long total, String unit) {
    LOG.atInfo().addKeyValue("event", "stage").addKeyValue("stage", name).log("stage: {}", name);
  }

  @Override
  public void message(String text) {
    LOG.atInfo().addKeyValue("event", "message").log("{}", text);
  }

  @Override
  public void output(String line) {}
}
