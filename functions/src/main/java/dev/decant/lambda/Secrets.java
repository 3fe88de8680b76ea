package dev.decant.lambda;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Secrets Manager. No error holds a secret. */
public final class Secrets {
  private Secrets() {}

  /**
   * The content of a secret, text as UTF-8.
   *
   * @throws DecantException KEY_MISSING, with the reason that AWS gives
   */
  public static byte[] read(String arn) {
    try (SecretsManagerClient client = client(arn)) {
      GetSecretValueResponse secret = client.getSecretValue(request -> request.secretId(arn));
      return secret.secretString() == null
          ? secret.secretBinary().asByteArray()
          : secret.secretString().getBytes(StandardCharsets.UTF_8);
    } catch (SecretsManagerException e) {
      throw failure(arn, e.awsErrorDetails().errorCode(), e);
    } catch (SdkException | IllegalArgumentException e) {
      throw failure(arn, e.getClass().getSimpleName(), e);
    }
  }

  private static SecretsManagerClient client(String arn) {
    var builder = SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create());
    // The secret's own region: it may be another than the caller's.
    Arn.fromString(arn).region().ifPresent(region -> builder.region(Region.of(region)));
    return builder.build();
  }

  private static DecantException failure(String arn, String why, Exception e) {
    return new DecantException(
        ErrorCode.KEY_MISSING,
        "the secret "
            + arn
            + " cannot be read ("
            + why
            + "). Check that it exists and that the caller has secretsmanager:GetSecretValue on it,"
            + " and kms:Decrypt where it has a key of its own",
        e);
  }
}
