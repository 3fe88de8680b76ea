package dev.decant.sweep;

import dev.decant.aws.AwsHttp;
import dev.decant.aws.RunResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** The secrets with the generated passwords of scratch instances. */
final class ScratchSecrets implements Leftovers {
  private static final Filter NAMED =
      Filter.builder().key(FilterNameStringType.NAME).values(RunResources.SECRET).build();

  private final DeadRuns dead;

  ScratchSecrets(DeadRuns dead) {
    this.dead = dead;
  }

  @Override
  public String kind() {
    return "secret";
  }

  @Override
  public List<Leftover> find() {
    return call(
        "ListSecrets",
        RunResources.SECRET + '*',
        client ->
            client.listSecretsPaginator(r -> r.filters(NAMED)).stream()
                .flatMap(page -> page.secretList().stream())
                .filter(secret -> secret.name().startsWith(RunResources.SECRET))
                .map(this::judge)
                .toList());
  }

  private Leftover judge(SecretListEntry secret) {
    Map<String, String> tags = RunResources.tags(secret.tags(), Tag::key, Tag::value);
    String name = secret.name();
    return dead.judge(name, RunResources.SECRET, tags, secret.createdDate(), () -> delete(name));
  }

  private static Optional<String> delete(String name) {
    return call(
        "DeleteSecret",
        name,
        client -> {
          try {
            client.deleteSecret(r -> r.secretId(name).forceDeleteWithoutRecovery(true));
          } catch (ResourceNotFoundException e) {
            // Its run has deleted it meanwhile.
          }
          return Optional.empty();
        });
  }

  private static <T> T call(String action, String what, Function<SecretsManagerClient, T> call) {
    return AwsCall.of(
        () -> SecretsManagerClient.builder().httpClientBuilder(AwsHttp.usual()).build(),
        "secretsmanager:" + action,
        what,
        call);
  }
}
