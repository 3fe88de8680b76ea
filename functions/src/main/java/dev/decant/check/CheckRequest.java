package dev.decant.check;

import dev.decant.inspect.Inspection;
import dev.decant.policy.NamedFile;
import dev.decant.progress.Progress;
import java.util.Map;

/**
 * The request for a check.
 *
 * @param source a dump, a file of DDL, or a live database, as {@link Inspection#of} takes it
 * @param sourceName the source in messages, without a password
 * @param parameters the values of parameters of the policy; a parameter without a value gets a
 *     made-up value
 */
public record CheckRequest(
    String source,
    String sourceName,
    NamedFile policy,
    Map<String, String> parameters,
    Inspection inspection,
    Progress progress) {
  public CheckRequest {
    parameters = Map.copyOf(parameters);
  }
}
