package dev.decant.cli;

import dev.decant.progress.Progress;

/** The progress of one of several targets. It shows only messages, each with the target's name. */
final class TargetProgress implements Progress {
  private final String name;
  private final Progress shown;

  TargetProgress(String name, Progress shown) {
    this.name = name;
    this.shown = shown;
  }

  @Override
  public void stage(String stage, long total, String unit) {
    shown.message(name + ": " + stage);
  }

  @Override
  public void message(String text) {
    shown.message(name + ": " + text);
  }
}
