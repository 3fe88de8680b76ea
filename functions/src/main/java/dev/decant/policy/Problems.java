package dev.decant.policy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what is wrong with one policy file, each thing once. */
final class Problems {
  private final String file;
  private final int limit;
  private final Set<Problem> found = new LinkedHashSet<>();

  /**
   * @param limit where reading ends: a file with more problems is no policy
   */
  Problems(String file, int limit) {
    this.file = file;
    this.limit = limit;
  }

  void add(Problem problem) {
    found.add(problem);
    if (found.size() >= limit) {
      throw error(file, sorted(), "");
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the file; what the file lacks comes last. */
  List<Problem> sorted() {
    return found.stream()
        .sorted(Comparator.comparingInt(p -> p.line() == 0 ? Integer.MAX_VALUE : p.line()))
        .toList();
  }

  /** The one error that lists them all. */
  static DecantException error(String file, Collection<Problem> problems, String paste) {
    String count = problems.size() == 1 ? "a problem" : problems.size() + " problems";
    String list = problems.stream().map(p -> p.in(file)).collect(Collectors.joining("\n"));
    String yaml =
        paste.isEmpty() ? "" : "\nAdd to the policy, and review every line of it:\n" + paste;
    return new DecantException(
        ErrorCode.POLICY_INVALID, "the policy has " + count + ":\n" + list + yaml);
  }
}
