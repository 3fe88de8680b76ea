package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.PolicyFiles;
import dev.decant.setting.Settings;
import dev.decant.store.Source;
import dev.decant.store.Sources;
import dev.decant.target.Targets;
import dev.decant.target.TargetsParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads a targets file from where the command line says. */
final class TargetsFile {
  private TargetsFile() {}

  /**
   * Reads it whole.
   *
   * @param place a file, or {@code s3://bucket/key}
   * @param parameters those of the command line
   */
  static Targets read(
      String place, Map<String, String> parameters, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>(new Settings(environment).parameters());
    values.putAll(parameters);
    return TargetsParser.parse(place, content(place), files(place), values);
  }

  private static byte[] content(String place) {
    try (Source source = Sources.open(place);
        InputStream in = source.open()) {
      // One byte more than allowed: the parser tells what is too large.
      return in.readNBytes(PolicyFiles.MAX_BYTES + 1);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE, "The targets file " + place + " cannot be read.", e);
    }
  }

  private static PolicyFiles files(String place) {
    Path folder = place.startsWith("s3://") ? null : Path.of(place).toAbsolutePath().getParent();
    return folder == null ? PolicyFiles.none() : PolicyFiles.in(folder);
  }
}
