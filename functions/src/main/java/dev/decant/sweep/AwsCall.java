package dev.decant.sweep;

import dev.decant.aws.AwsErrors;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkException;

/** A call of AWS. */
final class AwsCall {
  private AwsCall() {}

  /** Calls AWS with a client that is closed afterwards. */
  static <C extends SdkClient, T> T of(
      Supplier<C> open, String action, String what, Function<C, T> call) {
    try (C client = open.get()) {
      return call.apply(client);
    } catch (SdkException e) {
      throw AwsErrors.OF_STORE.failure(action, what, e);
    }
  }
}
