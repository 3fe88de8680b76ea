package dev.decant.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sockets of this machine in place of the services that hooks call. */
final class ReachabilityCheckIT {
  private static Hook redis(String url) {
    return new Hook.Redis(
        FilledText.of(url), new Hook.Keys.All(), HookFixture.within(Duration.ofSeconds(5)));
  }

  private static Hook http(String url) {
    return new Hook.Http(FilledText.of(url), 200, HookFixture.within(Duration.ofSeconds(5)));
  }

  @Test
  void serversThatAcceptAConnectionAreReached() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String place = "127.0.0.1:" + server.getLocalPort();
      assertThat(ReachabilityCheck.problem(redis("redis://:p%40ss@" + place + "/2"))).isEmpty();
      assertThat(ReachabilityCheck.problem(http("http://" + place + "/health"))).isEmpty();
    }
  }

  @Test
  void portWithoutAServerIsAProblem() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    assertThat(ReachabilityCheck.problem(redis("redis://127.0.0.1:" + port)))
        .contains("its host accepts no connection");
  }

  /**
   * java.net.URI gives no host for such a name; a socket without a host would reach this machine.
   */
  @Test
  void hostWithAnUnderscoreIsLookedUp() {
    assertThat(ReachabilityCheck.problem(redis("redis://no_such_cache.invalid")))
        .contains("the name of its host has no address");
  }

  @Test
  void programThatDoesNotExistIsAProblem() {
    Hook hook = HookFixture.command(HookFixture.within(Duration.ofSeconds(5)), "no-such-program");
    assertThat(ReachabilityCheck.problem(hook))
        .contains("the program does not exist or is not executable");
  }
}
