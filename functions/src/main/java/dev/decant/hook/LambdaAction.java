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

/** Invokes a Lambda function and waits for its answer. The answer is never shown. */
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
      throw HookFailure.passing("the function failed; its log has the reason");
    }
    return "the function returned";
  }

  /** Invokes the function. With the type DRY_RUN, AWS only checks the function and the right. */
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
