package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.decant.log.LogOutput;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function {@code ScratchInstance}. The workflow calls it for the password of an instance that
 * it restored from a snapshot of production, and to create a scratch server with a password. The
 * password is in a secret, and neither in the state of the workflow nor in a log. It takes a {@link
 * ScratchEvent}.
 */
public final class ScratchInstanceHandler implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchInstanceHandler.class);

  private final Map<String, String> environment;

  /** The constructor for Lambda. Logs are JSON lines. */
  public ScratchInstanceHandler() {
    this(System.getenv());
    LogOutput.ofFunction(environment);
  }

  /** The constructor for a call on this machine, with these settings. */
  ScratchInstanceHandler(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    FunctionCall.run(
        context, code -> "", () -> FunctionAnswer.write(answer(ScratchEvent.read(input)), output));
  }

  private Map<String, Object> answer(ScratchEvent event) {
    LOG.info("{} {}", event.action(), event.instance());
    ScratchInstance instance = new ScratchInstance(event, environment);
    return switch (event.action()) {
      case CREATE_SERVER -> instance.createServer();
      case RESET_PASSWORD -> instance.resetPassword();
      case LOGIN -> instance.login();
      case FORGET -> instance.forget();
    };
  }
}
