package dev.decant.hook;

import dev.decant.target.Hook;
import dev.decant.target.Hook.Keys;
import dev.decant.target.RedisUrl;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Removes all keys of a Redis server or of a database, or those that match a pattern. */
final class RedisAction implements Action {
  private static final int BATCH = 1000;
  private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(10);

  /** The error codes after which another attempt would get the same answer. */
  private static final Set<String> LASTING =
      Set.of("NOAUTH", "WRONGPASS", "NOPERM", "READONLY", "ERR");

  private final Hook.Redis hook;

  RedisAction(Hook.Redis hook) {
    this.hook = hook;
  }

  @Override
  public String attempt(Deadline deadline) {
    // The parser of the targets file has checked the URL.
    RedisUrl url = RedisUrl.read(hook.url().value()).orElseThrow();
    HostAndPort address = new HostAndPort(url.host(), url.port());
    try (Jedis redis = new Jedis(address, configuration(url, deadline))) {
      return switch (hook.keys()) {
        case Keys.All() -> "the server answered " + redis.flushAll();
        case Keys.Database() -> "the server answered " + redis.flushDB();
        case Keys.Matching(var pattern) -> remove(redis, pattern.value(), deadline);
      };
    } catch (JedisDataException e) {
      throw refused(e);
    } catch (JedisConnectionException e) {
      throw HookFailure.passing("the server cannot be reached or did not answer in time");
    } catch (JedisException e) {
      throw HookFailure.passing("the call failed (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static DefaultJedisClientConfig configuration(RedisUrl url, Deadline deadline) {
    DefaultJedisClientConfig.Builder builder =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis((int) deadline.left(MOST_TO_CONNECT).toMillis())
            .socketTimeoutMillis((int) deadline.left().toMillis())
            .database(url.database())
            .ssl(url.encrypted())
            .sslParameters(verifying());
    if (!url.user().isEmpty()) {
      builder.user(url.user());
    }
    if (!url.password().isEmpty()) {
      builder.password(url.password());
    }
    return builder.build();
  }

  /** Lets the client check the host name in the certificate, which it does not do by default. */
  private static SSLParameters verifying() {
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  private static String remove(Jedis redis, String pattern, Deadline deadline) {
    ScanParams params = new ScanParams().match(pattern).count(BATCH);
    String cursor = ScanParams.SCAN_POINTER_START;
    long removed = 0;
    do {
      if (deadline.isPast()) {
        throw HookFailure.lasting(
            "the time of the hook is over, and " + removed + " keys were removed");
      }
      ScanResult<String> found = redis.scan(cursor, params);
      List<String> keys = found.getResult();
      removed += keys.isEmpty() ? 0 : redis.unlink(keys.toArray(String[]::new));
      cursor = found.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return removed == 1 ? "1 key was removed" : removed + " keys were removed";
  }

  /**
   * The failure with the error code of Redis. The text is not shown, as it may repeat the command.
   */
  private static HookFailure refused(JedisDataException e) {
    String code = String.valueOf(e.getMessage()).replaceFirst("\\s.*", "");
    String shown = code.matches("[A-Z]{1,20}") ? code : "an error";
    return new HookFailure("the server answered " + shown, LASTING.contains(shown));
  }
}
