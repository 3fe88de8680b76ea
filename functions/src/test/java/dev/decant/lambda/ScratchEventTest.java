package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScratchEventTest {
  private static final String RUN = "0123456789abcdef01234567";

  @ParameterizedTest
  @EnumSource(ScratchEvent.Action.class)
  void samplesAreRead(ScratchEvent.Action action) throws IOException {
    String name = action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    ScratchEvent event =
        read(Files.readString(Path.of("..", "events", "scratch-instance-" + name + ".json")));
    assertThat(event.action()).isEqualTo(action);
    String end = action == ScratchEvent.Action.CREATE_SERVER ? "-verify" : "";
    assertThat(event.instance()).isEqualTo("decant-scratch-" + RUN + end);
    assertThat(event.run()).isEqualTo(RUN);
    assertThat(event.id()).isEqualTo(RUN + end);
    assertThat(event.server().isPresent()).isEqualTo(action == ScratchEvent.Action.CREATE_SERVER);
  }

  @Test
  void serverIsNotCreatedUnderTheNameOfARestoredInstance() throws IOException {
    String sample =
        Files.readString(Path.of("..", "events", "scratch-instance-create-server.json"));
    assertThatThrownBy(() -> read(sample.replace("-verify", "")))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("its instance is not named decant-scratch-RUN-verify");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class",
        "major",
        "storage",
        "decant:workflow",
        "decant:expires",
        "subnets",
        "group",
        "parameters",
        "key"
      })
  void serverWithoutAFieldIsRefused(String field) throws IOException {
    String sample =
        Files.readString(Path.of("..", "events", "scratch-instance-create-server.json"));
    assertThatThrownBy(() -> read(sample.replace('"' + field + '"', "\"other\"")))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("its server has no " + field);
  }

  @Test
  void databaseIsRead() {
    assertThat(read(event("login", "decant-scratch-" + RUN, RUN, "shop")).database())
        .isEqualTo("shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"production", "decant-scratch-", "decant-scratch-1123456789abcdef01234567"})
  void instanceOfNoRunIsRefused(String instance) {
    assertThatThrownBy(() -> read(event("reset-password", instance, RUN, "")))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("its instance is not named decant-scratch-RUN");
  }

  @Test
  void runWithOtherCharactersIsRefused() {
    String run = "../../../../../../secret";
    assertThatThrownBy(() -> read(event("forget", "decant-scratch-" + run, run, "")))
        .isInstanceOf(DecantException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LOGIN", "delete"})
  void unknownActionIsRefused(String action) {
    assertThatThrownBy(() -> read(event(action, "decant-scratch-" + RUN, RUN, "")))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("its action is not create-server, reset-password, login or forget");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null", "\"login\""})
  void otherDocumentsAreRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(DecantException.class);
  }

  private static String event(String action, String instance, String run, String database) {
    return "{\"action\":\"%s\",\"instance\":\"%s\",\"run\":\"%s\",\"database\":\"%s\"}"
        .formatted(action, instance, run, database);
  }

  private static ScratchEvent read(String text) {
    return ScratchEvent.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
