package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.demo.ShopDump;
import dev.decant.error.RetryableException;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import dev.decant.store.Stores;
import dev.decant.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a call of the function in a process of its own, as Lambda does at the end of its time or
 * memory, and sends the event again. Lambda sends it again after one minute, with the same ID.
 */
final class KilledCallIT {
  private static final String KEY = "snapshots/shop/production/shop_20260323-060000.sql";

  @TempDir Path disk;
  @TempDir Path task;
  private final String raw = S3Server.running().newBucket();
  private final String sanitized = S3Server.running().newBucket();

  /** A call by Lambda. Its arguments are the ID of the request and the event. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      new SanitizeSnapshotHandler(Wiring.ofSandbox(System.getenv()))
          .handleRequest(
              new ByteArrayInputStream(args[1].getBytes(UTF_8)),
              new ByteArrayOutputStream(),
              new LambdaContext(args[0]));
    }
  }

  @BeforeEach
  void dumpLands() throws IOException {
    ShopFunction.open(disk);
    for (String each : List.of("first", "second")) {
      ShopFunction.open(Files.createDirectory(disk.resolve(each)));
    }
    function().packPolicy();
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    ShopDump.write(dump, 10_000_000, 1);
    try (SnapshotStore store = Stores.open("s3://" + raw)) {
      store.put(KEY, dump.toByteArray());
    }
  }

  private ShopFunction function() {
    return new ShopFunction(task, sanitized);
  }

  private Map<String, String> environment(String sandbox) {
    return function().environment(disk.resolve(sandbox));
  }

  private String event() {
    return "{\"source\": \"s3://%s/%s\"}".formatted(raw, KEY);
  }

  private JsonNode call(String request) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new SanitizeSnapshotHandler(Wiring.ofSandbox(environment("second")))
        .handleRequest(
            new ByteArrayInputStream(event().getBytes(UTF_8)), answer, new LambdaContext(request));
    return JsonMapper.builder().build().readTree(answer.toByteArray());
  }

  /** Kills the call when it has claimed the database and the work. */
  private void killACall(String request) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    for (String each :
        List.of("aws.endpointUrl", "aws.region", "aws.accessKeyId", "aws.secretAccessKey")) {
      command.add("-D" + each + "=" + System.getProperty(each));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Child.class.getName(), request, event()));
    Path log = disk.resolve("log");
    ProcessBuilder child = new ProcessBuilder(command).redirectErrorStream(true);
    child.environment().putAll(environment("first"));
    Process process = child.redirectOutput(log.toFile()).start();
    while (process.isAlive() && claims().size() < 2) {
      Thread.sleep(20);
    }
    assertThat(process.isAlive()).as("%s", Files.readString(log)).isTrue();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private List<String> claims() {
    try (SnapshotStore store = Stores.open("s3://" + sanitized)) {
      return store.list("sanitized-snapshots/.runs/").stream()
          .map(StoredObject::key)
          .filter(key -> !key.contains("probe"))
          .toList();
    }
  }

  @Test
  @Timeout(300)
  void eventThatComesAgainPublishes() throws Exception {
    killACall("request-1");

    assertThatThrownBy(() -> call("request-2"))
        .as("another event, which may not disturb a run that could be alive")
        .isInstanceOf(RetryableException.class)
        .hasMessageStartingWith("BUSY: Another run of shop/production");
    assertThat(call("request-1").path("status").asText()).isEqualTo("published");
    assertThat(call("request-2").path("status").asText()).isEqualTo("duplicate");
    assertThat(claims()).as("the record of the work that is done").hasSize(1);
  }
}
