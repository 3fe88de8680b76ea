package dev.decant.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.aws.AwsErrors;
import dev.decant.aws.AwsHttp;
import dev.decant.aws.RunResources;
import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * The secret with the generated password of a scratch instance. Its name is {@code
 * decant/scratch/RUN}, that of a scratch server is {@code decant/scratch/RUN-verify}. Its value is
 * JSON with the fields {@code username} and {@code password}. No message contains the value.
 */
final class ScratchSecret {
  /** RDS allows no slash, quote, at sign or space in a password, and 128 characters at most. */
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** The password has 238 bits. */
  private static final int LENGTH = 40;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ScratchEvent event;

  ScratchSecret(ScratchEvent event) {
    this.event = event;
  }

  String name() {
    return RunResources.SECRET + event.id();
  }

  /**
   * Makes the secret with a new password. If an earlier call has made it, it stays as it is, so
   * that a call that is repeated sets the same password again.
   *
   * @param tags the tags of the instance; the secret gets those that the sweeper reads
   * @return the password
   */
  String make(String user, Map<String, String> tags) {
    String password = generated();
    String value = json(Map.of("username", user, "password", password));
    try (SecretsManagerClient client = client()) {
      client.createSecret(
          request ->
              request
                  .name(name())
                  .description("Password of a scratch instance of decant. The run deletes it.")
                  .secretString(value)
                  .tags(tags(tags)));
      return password;
    } catch (ResourceExistsException e) {
      return password();
    } catch (SdkException e) {
      throw failure("CreateSecret", e);
    }
  }

  private List<Tag> tags(Map<String, String> ofInstance) {
    Map<String, String> tags = new HashMap<>(ofInstance);
    tags.put(RunResources.TAG, event.run());
    tags.keySet().retainAll(Set.of(RunResources.TAG, RunResources.WORKFLOW));
    return tags.entrySet().stream()
        .map(each -> Tag.builder().key(each.getKey()).value(each.getValue()).build())
        .toList();
  }

  /** Reads the password. */
  String password() {
    try {
      JsonNode password = JSON.readTree(Secrets.read(name())).path("password");
      if (password.isTextual()) {
        return password.asText();
      }
    } catch (IOException e) {
      // The error below reports it. The exception itself may show the value.
    }
    throw new DecantException(
        ErrorCode.SETTING_INVALID,
        "The secret " + name() + " has no field password. Delete it, and start the run again.");
  }

  /** Deletes the secret at once. It is no error if it does not exist. */
  void delete() {
    try (SecretsManagerClient client = client()) {
      client.deleteSecret(request -> request.secretId(name()).forceDeleteWithoutRecovery(true));
    } catch (ResourceNotFoundException e) {
      // An earlier call has deleted it.
    } catch (SdkException e) {
      throw failure("DeleteSecret", e);
    }
  }

  private static String generated() {
    Supplier<Character> next = () -> ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length()));
    return Stream.generate(next).limit(LENGTH).map(String::valueOf).collect(Collectors.joining());
  }

  private static String json(Map<String, String> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings has no JSON");
    }
  }

  private static SecretsManagerClient client() {
    return SecretsManagerClient.builder().httpClientBuilder(AwsHttp.usual()).build();
  }

  private DecantException failure(String operation, SdkException e) {
    return AwsErrors.OF_STORE.failure("secretsmanager:" + operation, "the secret " + name(), e);
  }
}
