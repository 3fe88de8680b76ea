package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.demo.ShopDump;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Component;
import dev.decant.testing.MotoServer;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The function with a real scratch server, whose password only a secret holds. */
@Needs(Component.MOTO)
final class ScratchPasswordIT {
  private static final String KEY = "snapshots/shop/production/shop_20260323-060000.sql";
  private static final String ENDPOINT = "aws.endpointUrlSecretsManager";

  @TempDir Path disk;
  @TempDir Path task;
  private final String raw = S3Server.running().newBucket();
  private final String sanitized = S3Server.running().newBucket();

  private static String call(Map<String, String> environment, String event) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new SanitizeSnapshotHandler(Wiring.ofSandbox(environment))
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new LambdaContext("r"));
    return answer.toString(UTF_8);
  }

  @Test
  void passwordIsReadByEachRun() throws Exception {
    ShopFunction function = new ShopFunction(task, sanitized);
    function.packPolicy();
    ShopFunction.open(disk);
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    ShopDump.write(dump, 100_000, 1);
    try (SnapshotStore store = Stores.open("s3://" + raw)) {
      store.put(KEY, dump.toByteArray());
    }
    try (MotoServer moto = MotoServer.start(disk.resolve("moto.log"));
        SecretsManagerClient secrets = moto.client(SecretsManagerClient.builder());
        PlainDatabase plain = PlainDatabase.on(PostgresVersion.V18)) {
      plain.asSuperuser("ALTER ROLE " + plain.name() + " CREATEDB");
      System.setProperty(ENDPOINT, moto.endpoint());
      URI url = URI.create(plain.url());
      String[] login = url.getUserInfo().split(":", 2);
      String arn =
          secrets
              .createSecret(r -> r.name("scratch").secretString("{\"password\": \"CANARY\"}"))
              .arn();
      Map<String, String> environment = new HashMap<>(function.environment(disk));
      environment.put("DECANT_SCRATCH", plain.url().replace(":" + login[1] + "@", "@"));
      environment.put("DECANT_SCRATCH_PASSWORD_SECRET", arn);
      String event = "{\"source\": \"s3://" + raw + "/" + KEY + "\"}";

      assertThatThrownBy(() -> call(environment, event))
          .hasMessageContaining("password")
          .message()
          .doesNotContain("CANARY");
      secrets.putSecretValue(
          r -> r.secretId(arn).secretString("{\"password\": \"" + login[1] + "\"}"));
      assertThat(call(environment, event)).contains("\"status\":\"published\"");
    } finally {
      System.clearProperty(ENDPOINT);
    }
  }
}
