package dev.decant.hook;

import dev.decant.target.Filled;
import dev.decant.target.Hook;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Whether what a hook calls is there, found out without setting anything off. */
final class ReachabilityCheck {
  private static final int CONNECT_MILLIS = 3000;
  private static final Duration MOST = Duration.ofSeconds(10);

  private ReachabilityCheck() {}

  /** What is wrong; empty where the hook's other side is there. */
  static Optional<String> problem(Hook hook) {
    try {
      switch (hook) {
        case Hook.Command command -> program(command.words().getFirst());
        case Hook.Http http -> connect(http.url(), 80);
        case Hook.Redis redis -> connect(redis.url(), RedisAction.PORT);
        case Hook.EcsService service -> new EcsServiceAction(service).require(Deadline.in(MOST));
        case Hook.Lambda lambda ->
            AwsCalls.call(
                "Lambda",
                () -> LambdaAction.invoke(lambda, Deadline.in(MOST), InvocationType.DRY_RUN, "{}"));
      }
      return Optional.empty();
    } catch (HookFailure e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void program(Filled program) {
    String name = program.value();
    boolean there =
        name.contains("/")
            ? Files.isExecutable(Path.of(name))
            : Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!there) {
      throw HookFailure.lasting("the program is not there, or not executable");
    }
  }

  private static void connect(Filled url, int usualPort) {
    URI uri = URI.create(url.value());
    int port = "https".equals(uri.getScheme()) ? 443 : usualPort;
    try (Socket socket = new Socket()) {
      InetSocketAddress address =
          new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? port : uri.getPort());
      if (address.isUnresolved()) {
        throw HookFailure.passing("its host has no address");
      }
      socket.connect(address, CONNECT_MILLIS);
    } catch (IOException e) {
      throw HookFailure.passing("its host does not take a connection");
    }
  }
}
