package dev.decant.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.target.Hook;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Invokes a function and waits for its answer, which is never shown. */
final class LambdaAction implements Action {
  /** {@code arn:aws:lambda:REGION:ACCOUNT:function:NAME}. */
  private static final int REGION = 3;

  private final Hook.Lambda hook;
  private final HookContext context;

  LambdaAction(Hook.Lambda hook, HookContext context) {
    this.hook = hook;
    this.context = context;
  }

  @Override
  public String attempt(Deadline deadline) {
    InvokeResponse response =
        AwsCalls.call(
            "Lambda", () -> invoke(hook, deadline, InvocationType.REQUEST_RESPONSE, payload()));
    if (response.functionError() != null) {
      throw HookFailure.passing("the function itself failed: see its log");
    }
    return "the function returned";
  }

  /** With the type DRY_RUN nothing runs: only function and permission are checked. */
  static InvokeResponse invoke(
      Hook.Lambda hook, Deadline deadline, InvocationType type, String payload) {
    try (LambdaClient client = client(hook, deadline)) {
      return client.invoke(
          request ->
              request
                  .functionName(hook.function().value())
                  .invocationType(type)
                  .payload(SdkBytes.fromUtf8String(payload)));
    }
  }

  private static LambdaClient client(Hook.Lambda hook, Deadline deadline) {
    LambdaClientBuilder builder =
        LambdaClient.builder()
            .httpClientBuilder(AwsCalls.http(deadline))
            .overrideConfiguration(AwsCalls.once(deadline));
    String[] parts = hook.function().value().split(":", -1);
    if (parts[0].equals("arn") && parts.length > REGION) {
      builder.region(Region.of(parts[REGION]));
    }
    return builder.build();
  }

  private String payload() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    context.payload().forEach(json::putPOJO);
    return json.toString();
  }
}
