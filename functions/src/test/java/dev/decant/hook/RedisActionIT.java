package dev.decant.hook;

import static dev.decant.hook.HookFixture.retries;
import static dev.decant.hook.HookFixture.run;
import static dev.decant.hook.HookFixture.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import dev.decant.target.Hook.Keys;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Uses a real Redis. */
@Needs(Component.REDIS)
final class RedisActionIT {
  private static final String PASSWORD = "gehéim:nis@/";
  private static final String ENCODED = "geh%C3%A9im%3Anis%40%2F";

  private static RedisServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new RedisServer(PASSWORD);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void fill() {
    for (int database = 0; database < 2; database++) {
      try (Jedis redis = redis(database)) {
        redis.flushDB();
        redis.eval("for i = 1, 2500 do redis.call('SET', 'session:' .. i, 'x') end");
        redis.set("other", "x");
      }
    }
  }

  private static Jedis redis(int database) {
    Jedis redis = new Jedis("127.0.0.1", server.port());
    redis.auth(PASSWORD);
    redis.select(database);
    return redis;
  }

  private static long size(int database) {
    try (Jedis redis = redis(database)) {
      return redis.dbSize();
    }
  }

  private static FilledText url(String login, String path) {
    return new FilledText(
        "redis://" + login + "@127.0.0.1:" + server.port() + path,
        "redis://cache.internal",
        Map.of());
  }

  @Test
  void flushAllEmptiesEveryDatabase() {
    HookResult result = run(new Hook.Redis(url(":" + ENCODED, ""), new Keys.All(), retries(0)));
    assertThat(result.message()).isEqualTo("the server answered OK");
    assertThat(size(0)).isZero();
    assertThat(size(1)).isZero();
  }

  @Test
  void flushDbEmptiesTheUrlsDatabase() {
    HookResult result =
        run(new Hook.Redis(url("default:" + ENCODED, "/1"), new Keys.Database(), retries(0)));
    assertThat(result.ok()).isTrue();
    assertThat(size(0)).isEqualTo(2501);
    assertThat(size(1)).isZero();
  }

  @Test
  void keysOfAPatternAreRemoved() {
    HookResult result =
        run(
            new Hook.Redis(
                url(":" + ENCODED, "/1"),
                new Keys.Matching(FilledText.of("session:*")),
                retries(0)));
    assertThat(result.message()).isEqualTo("2500 keys were removed");
    assertThat(size(1)).isEqualTo(1);
    assertThat(size(0)).isEqualTo(2501);
  }

  @Test
  void wrongPasswordIsToldWithoutItAndNotTriedAgain() {
    HookResult result = run(new Hook.Redis(url(":wr0ng", ""), new Keys.All(), retries(3)));
    assertThat(result.ok()).isFalse();
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.message()).isEqualTo("the server answered WRONGPASS");
    assertThat(result.description() + result.message()).doesNotContain("wr0ng");
    assertThat(size(0)).isEqualTo(2501);
  }

  @Test
  void missingPasswordIsTold() {
    FilledText url = FilledText.of("redis://127.0.0.1:" + server.port());
    HookResult result = run(new Hook.Redis(url, new Keys.All(), retries(0)));
    assertThat(result.message()).isEqualTo("the server answered NOAUTH");
  }

  @Test
  void databaseThatIsNotThereIsTold() {
    HookResult result =
        run(new Hook.Redis(url(":" + ENCODED, "/99"), new Keys.Database(), retries(0)));
    assertThat(result.message()).isEqualTo("the server answered ERR");
    assertThat(size(0)).isEqualTo(2501);
  }

  @Test
  void serverThatIsNotThereIsTriedAgain() {
    FilledText url = FilledText.of("redis://127.0.0.1:1");
    HookResult result = run(new Hook.Redis(url, new Keys.All(), retries(1)));
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(result.message())
        .isEqualTo("the server cannot be reached or did not answer in time");
  }

  @Test
  void serverWithoutTlsIsNoServerOfRediss() {
    FilledText url = FilledText.of("rediss://127.0.0.1:" + server.port());
    HookResult result = run(new Hook.Redis(url, new Keys.All(), within(Duration.ofSeconds(2))));
    assertThat(result.ok()).isFalse();
    assertThat(result.duration()).isLessThan(Duration.ofMinutes(1));
    assertThat(size(0)).isEqualTo(2501);
  }
}
