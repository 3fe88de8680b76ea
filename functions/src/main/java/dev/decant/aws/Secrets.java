package dev.decant.aws;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Reads secrets from AWS Secrets Manager. No message ever contains a secret. */
public final class Secrets {
  private static final String ACTION = "secretsmanager:GetSecretValue";

  private Secrets() {}

  /**
   * Reads the bytes of a secret. A text secret is encoded in UTF-8.
   *
   * @param arn its ARN, which names its region, or its name in the region of the environment
   * @throws DecantException SETTING_INVALID, STORE_DENIED, STORE_FAILED
   */
  public static byte[] read(String arn) {
    try (SecretsManagerClient client = client(arn)) {
      GetSecretValueResponse secret = client.getSecretValue(request -> request.secretId(arn));
      return secret.secretString() == null
          ? secret.secretBinary().asByteArray()
          : secret.secretString().getBytes(StandardCharsets.UTF_8);
    } catch (ResourceNotFoundException e) {
      throw invalid(
          "The secret " + arn + " does not exist or has no value. Check its ARN and region.", e);
    } catch (InvalidRequestException e) {
      throw invalid(
          "The secret " + arn + " cannot be read because it is being deleted. Restore it.", e);
    } catch (DecryptionFailureException e) {
      throw new DecantException(
          ErrorCode.STORE_DENIED,
          "The secret "
              + arn
              + " cannot be decrypted. Allow this role the action kms:Decrypt on the key of the"
              + " secret.",
          e);
    } catch (SdkException e) {
      throw AwsErrors.OF_STORE.failure(ACTION, arn, e);
    }
  }

  /** Reads a text secret and removes white space around it. */
  public static String readText(String arn) {
    return new String(read(arn), StandardCharsets.UTF_8).strip();
  }

  private static SecretsManagerClient client(String arn) {
    SecretsManagerClientBuilder builder =
        SecretsManagerClient.builder().httpClientBuilder(AwsHttp.usual());
    ArnRegion.of(arn).ifPresent(builder::region);
    return builder.build();
  }

  private static DecantException invalid(String message, Exception e) {
    return new DecantException(ErrorCode.SETTING_INVALID, message, e);
  }
}
