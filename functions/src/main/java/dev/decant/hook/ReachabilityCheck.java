package dev.decant.hook;

import dev.decant.aws.ProxyRoute;
import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import dev.decant.target.RedisUrl;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Checks that a hook's service or program can be reached, without starting anything there. */
final class ReachabilityCheck {
  private static final int CONNECT_MILLIS = 3000;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final Duration MOST = Duration.ofSeconds(10);

  private ReachabilityCheck() {}

  /** The problem; empty if the service or the program can be reached. */
  static Optional<String> problem(Hook hook) {
    try {
      switch (hook) {
        case Hook.Command command -> program(command.words().getFirst());
        case Hook.Http http -> connect(URI.create(http.url().value()));
        case Hook.Redis redis -> {
          RedisUrl url = RedisUrl.read(redis.url().value()).orElseThrow();
          connect(url.host(), url.port());
        }
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

  private static void program(FilledText program) {
    String name = program.value();
    boolean there =
        name.contains("/")
            ? Files.isExecutable(Path.of(name))
            : Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!there) {
      throw HookFailure.lasting("the program does not exist or is not executable");
    }
  }

  private static void connect(URI url) {
    Optional<ProxyRoute> route = HttpAction.route(url);
    SocketAddress proxy = route.map(way -> way.proxy().address()).orElse(null);
    if (proxy instanceof InetSocketAddress address) {
      try {
        connect(address.getHostString(), address.getPort());
      } catch (HookFailure e) {
        String words = route.map(ProxyRoute::words).orElse("");
        throw HookFailure.passing("its host cannot be reached" + words);
      }
      return;
    }
    int usualPort = "https".equals(url.getScheme()) ? HTTPS : HTTP;
    connect(url.getHost(), url.getPort() < 0 ? usualPort : url.getPort());
  }

  private static void connect(String host, int port) {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw HookFailure.passing("the name of its host has no address");
      }
      socket.connect(address, CONNECT_MILLIS);
    } catch (IOException e) {
      throw HookFailure.passing("its host accepts no connection");
    }
  }
}
