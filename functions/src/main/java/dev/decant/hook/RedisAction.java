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

/** Empties a Redis server, one of its databases, or the keys of a pattern. */
final class RedisAction implements Action {
  private static final int BATCH = 1000;
  private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(10);

  /** Another attempt is answered the same. */
  private static final Set<String> LASTING =
      Set.of("NOAUTH", "WRONGPASS", "NOPERM", "READONLY", "ERR");

  private final Hook.Redis hook;

  RedisAction(Hook.Redis hook) {
    this.hook = hook;
  }

  @Override
  public String attempt(Deadline deadline) {
    // The targets file was checked: it is one.
    RedisUrl url = RedisUrl.read(hook.url().value()).orElseThrow();
    HostAndPort address = new HostAndPort(url.host(), url.port());
    try (Jedis redis = new Jedis(address, configuration(url, deadline))) {
      return switch (hook.keys()) {
        case Keys.All() -> "answered " + redis.flushAll();
        case Keys.Database() -> "answered " + redis.flushDB();
        case Keys.Matching(var pattern) -> remove(redis, pattern.value(), deadline);
      };
    } catch (JedisDataException e) {
      throw refused(e);
    } catch (JedisConnectionException e) {
      throw HookFailure.passing("the server cannot be reached, or did not answer in time");
    } catch (JedisException e) {
      throw HookFailure.passing("failed (" + e.getClass().getSimpleName() + ")");
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

  /** The certificate must be of the host, too; without this the client takes any. */
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
        throw HookFailure.lasting("its time is over, with " + removed + " keys removed");
      }
      ScanResult<String> found = redis.scan(cursor, params);
      List<String> keys = found.getResult();
      removed += keys.isEmpty() ? 0 : redis.unlink(keys.toArray(String[]::new));
      cursor = found.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return removed == 1 ? "1 key removed" : removed + " keys removed";
  }

  /** Only the code of Redis's answer: its text may repeat what was sent. */
  private static HookFailure refused(JedisDataException e) {
    String code = String.valueOf(e.getMessage()).replaceFirst("\\s.*", "");
    String shown = code.matches("[A-Z]{1,20}") ? code : "an error";
    return new HookFailure("the server answered " + shown, LASTING.contains(shown));
  }
}
