package dev.decant.aws;

import dev.decant.stream.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The AWS resources of one run of the workflow. Each has the run's ID in its name and in its tag
 * {@link #TAG}.
 */
public final class RunResources {
  /** The beginning of the names of restored instances and clusters. */
  public static final String INSTANCE = "decant-scratch-";

  /**
   * The end of the names of the scratch server of a run and of its secret, after the run's ID. A
   * run has such a server if several tasks share its work.
   */
  public static final String SERVER = "-verify";

  /** The beginning of the names of copied snapshots. */
  public static final String COPY = "decant-copy-";

  /** The beginning of the names of secrets with generated passwords. */
  public static final String SECRET = "decant/scratch/";

  public static final String TAG = "decant:run";

  /** The tag with the ARN of the workflow that made the resource. Old versions did not set it. */
  public static final String WORKFLOW = "decant:workflow";

  /** The tag with the time after which the sweeper deletes a resource. */
  public static final String EXPIRES = "decant:expires";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{24}(?:" + SERVER + ")?");

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{24,64}");
  private static final int RUN_DIGITS = 24;

  private RunResources() {}

  /** Whether a name is that of a resource of a run, by its beginning and the ID after it. */
  public static boolean isNamed(String name, String prefix) {
    return name.startsWith(prefix) && ID.matcher(name.substring(prefix.length())).matches();
  }

  /**
   * The ID of a run. It is the beginning of the name of the execution, if that is a hash, so that
   * people find one by the other.
   *
   * @param execution the name of the execution, or another text that identifies the run
   */
  public static String run(String execution) {
    return HASH.matcher(execution).matches()
        ? execution.substring(0, RUN_DIGITS)
        : Digests.sha256(execution.getBytes(StandardCharsets.UTF_8)).substring(0, RUN_DIGITS);
  }

  /**
   * The tags of a resource. Each service has a type of its own for them.
   *
   * @param key reads the key of a tag
   * @param value reads the value of a tag
   */
  public static <T> Map<String, String> tags(
      Collection<T> tags, Function<T, String> key, Function<T, String> value) {
    return tags.stream().collect(Collectors.toMap(key, value, (first, _) -> first));
  }
}
