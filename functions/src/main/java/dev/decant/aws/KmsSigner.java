package dev.decant.aws;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.Digests;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/**
 * A key of AWS KMS that signs by ECDSA over the curve P-256. Any number of threads may use it.
 *
 * @param key its ARN, which names its region, or its id or alias in the region of the environment
 */
public record KmsSigner(String key) {
  /**
   * Asks for the public key, in its X.509 encoding.
   *
   * @throws DecantException SETTING_INVALID, STORE_DENIED, STORE_FAILED
   */
  public byte[] publicKey() {
    return ask(
        "kms:GetPublicKey",
        client -> client.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray());
  }

  /**
   * Signs a message. KMS gets only its SHA-256, because it takes no message above 4,096 bytes.
   *
   * @return the signature in DER
   * @throws DecantException SETTING_INVALID, STORE_DENIED, STORE_FAILED
   */
  public byte[] sign(byte[] message) {
    SdkBytes digest = SdkBytes.fromByteArray(Digests.sha256().digest(message));
    return ask(
        "kms:Sign",
        client ->
            client
                .sign(
                    request ->
                        request
                            .keyId(key)
                            .message(digest)
                            .messageType(MessageType.DIGEST)
                            .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
                .signature()
                .asByteArray());
  }

  private byte[] ask(String action, Function<KmsClient, byte[]> call) {
    try (KmsClient client = client()) {
      return call.apply(client);
    } catch (NotFoundException e) {
      throw invalid("does not exist. Check its ARN and region.", e);
    } catch (InvalidKeyUsageException | UnsupportedOperationException e) {
      throw invalid(
          "cannot sign by ECDSA over P-256. Make a key with the key spec ECC_NIST_P256 and the"
              + " usage SIGN_VERIFY.",
          e);
    } catch (SdkException e) {
      throw AwsErrors.OF_STORE.failure(action, key, e);
    }
  }

  private DecantException invalid(String why, Exception e) {
    return new DecantException(ErrorCode.SETTING_INVALID, "The KMS key " + key + ' ' + why, e);
  }

  private KmsClient client() {
    KmsClientBuilder builder = KmsClient.builder().httpClientBuilder(AwsHttp.usual());
    ArnRegion.of(key).ifPresent(builder::region);
    return builder.build();
  }
}
