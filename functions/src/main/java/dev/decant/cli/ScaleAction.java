package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** The actions of {@code decant scale}, each with the options that it uses beside those of all. */
@SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
enum ScaleAction {
  PLAN,
  CHUNK,
  FINISH,
  FORGET;

  private static final Set<String> OF_ALL =
      Set.of("--help", "--json", "--debug", "--run", "--to", "--key-file", "--scratch");

  /** The options that this action uses beside those of all. */
  private Set<String> options() {
    return switch (this) {
      case PLAN ->
          Set.of(
              "--policy",
              "--param",
              "--work",
              "--static-source",
              "--encoding",
              "--chunk-bytes",
              "--service",
              "--environment",
              "--name",
              "--require-complete-verification");
      case CHUNK -> Set.of("--policy", "--param", "--work", "--jobs", "--trace-memory", "--item");
      case FINISH ->
          Set.of(
              "--policy",
              "--param",
              "--work",
              "--jobs",
              "--trace-memory",
              "--signing-key-file",
              "--verify",
              "--allow-no-rows",
              "--require-complete-verification",
              "--timings");
      case FORGET -> Set.of();
    };
  }

  /**
   * Refuses an option that this action would ignore.
   *
   * @param given the options of the command line
   */
  void requireUse(List<OptionSpec> given) {
    given.stream()
        .map(OptionSpec::longestName)
        .filter(option -> !uses(option))
        .findFirst()
        .ifPresent(
            option -> {
              throw new DecantException(
                  ErrorCode.USAGE,
                  "'decant scale "
                      + this
                      + "' does not use "
                      + option
                      + ", which is an option of "
                      + users(option)
                      + ". Leave it out.");
            });
  }

  private boolean uses(String option) {
    return OF_ALL.contains(option) || options().contains(option);
  }

  /** The actions that use an option, for a message. */
  private static String users(String option) {
    return Arrays.stream(values())
        .filter(action -> action.uses(option))
        .map(ScaleAction::toString)
        .collect(Collectors.joining(" and "));
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
