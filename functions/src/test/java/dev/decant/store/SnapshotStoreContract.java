package dev.decant.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The behavior of every snapshot store, which is tested for each of them. */
public abstract class SnapshotStoreContract {
  private final Instant later = Instant.now().plus(Duration.ofDays(1));
  private final Instant before = Instant.now().minus(Duration.ofDays(1));

  /** An empty store. */
  abstract SnapshotStore create() throws Exception;

  SnapshotStore store = new dev.decant.testing.MemorySnapshotStore();

  @BeforeEach
  void openStore() throws Exception {
    store = create();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  public static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  public static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  public static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(DecantException.class)
        .asInstanceOf(type(DecantException.class))
        .extracting(DecantException::code)
        .isEqualTo(code);
  }

  @Test
  void whatWasPutIsRead() {
    store.put("a/b/c.json", bytes("one"));
    store.put("a/b/c.json", bytes("two"));

    assertThat(store.read("a/b/c.json")).hasValue(bytes("two"));
    StoredObject found = store.stat("a/b/c.json").orElseThrow();
    assertThat(found.key()).isEqualTo("a/b/c.json");
    assertThat(found.size()).isEqualTo(3);
    assertThat(found.modified()).isBetween(before, later);
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(store.read("a/none")).isEmpty();
    assertThat(store.stat("a/none")).isEmpty();
    assertThat(store.list("")).isEmpty();
    assertThat(store.list("a/none")).isEmpty();
    store.delete("a/none");
    assertFails(ErrorCode.SNAPSHOT_NOT_FOUND, () -> store.open("a/none", 0, 1).read());
  }

  @Test
  void folderIsNoObject() {
    store.put("a/b/c", bytes("x"));

    assertThat(store.stat("a/b")).isEmpty();
    assertThat(store.list("a/b")).extracting(StoredObject::key).containsExactly("a/b/c");
  }

  @Test
  void emptyObjectIsAnObject() throws IOException {
    store.put("empty", new byte[0]);
    try (SnapshotStore.Upload upload = store.upload("empty2")) {
      upload.commit();
    }

    assertThat(store.read("empty")).hasValue(new byte[0]);
    assertThat(store.read("empty2")).hasValue(new byte[0]);
    try (InputStream in = store.open("empty", 0, 0)) {
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void deletedObjectIsGone() {
    store.put("a", bytes("x"));
    store.delete("a");

    assertThat(store.stat("a")).isEmpty();
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void listIsByKeyAndByPrefix() {
    for (String key : List.of("b/2", "a/10", "a/1", "ab", "b/1", ".runs/x.json", "a/2/z")) {
      store.put(key, bytes(key));
    }

    assertThat(store.list(""))
        .extracting(StoredObject::key)
        .containsExactly(".runs/x.json", "a/1", "a/10", "a/2/z", "ab", "b/1", "b/2");
    assertThat(store.list("a"))
        .extracting(StoredObject::key)
        .containsExactly("a/1", "a/10", "a/2/z", "ab");
    assertThat(store.list("a/1")).extracting(StoredObject::key).containsExactly("a/1", "a/10");
    assertThat(store.list("a/")).hasSize(3);
    assertThat(store.list("").getFirst()).isEqualTo(store.stat(".runs/x.json").orElseThrow());
  }

  @Test
  void strangeNamesAreKeptAsTheyAre() {
    String key = "ä ö/100% + #?&=~@!$'()*,;:/日本.json";
    store.put(key, bytes("x"));

    assertThat(store.list("")).extracting(StoredObject::key).containsExactly(key);
    assertThat(store.read(key)).hasValue(bytes("x"));
    assertThat(store.locate(key)).startsWith(store.location()).endsWith("日本.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a/..",
        "./a",
        "a//b",
        "a/",
        "a\\b",
        "a\0b",
        ".decant.lock",
        "a/.decant-x.1.tmp"
      })
  void keyCannotLeaveTheStore(String key) {
    assertFails(ErrorCode.USAGE, () -> store.put(key, bytes("x")));
    assertFails(ErrorCode.USAGE, () -> store.putIfAbsent(key, bytes("x")));
    assertFails(ErrorCode.USAGE, () -> store.replace(key, bytes("x"), "etag"));
    assertFails(ErrorCode.USAGE, () -> store.read(key));
    assertFails(ErrorCode.USAGE, () -> store.stat(key));
    assertFails(ErrorCode.USAGE, () -> store.open(key, 0, 1));
    assertFails(ErrorCode.USAGE, () -> store.delete(key));
    assertFails(ErrorCode.USAGE, () -> store.upload(key));
  }

  @Test
  void prefixCannotLeaveTheStore() {
    assertFails(ErrorCode.USAGE, () -> store.list("../"));
    assertFails(ErrorCode.USAGE, () -> store.list("a/../../b"));
  }

  @Test
  void anyRangeIsRead() throws IOException {
    byte[] content = random(100_000, 1);
    store.put("a", content);
    Random random = new Random(2);
    for (int i = 0; i < 30; i++) {
      int from = random.nextInt(content.length);
      int length = random.nextInt(content.length - from + 1);
      try (InputStream in = store.open("a", from, length)) {
        assertThat(in.readAllBytes())
            .isEqualTo(java.util.Arrays.copyOfRange(content, from, from + length));
      }
    }
  }

  @Test
  void rangePastTheEndIsDamage() {
    store.put("a", bytes("0123456789"));

    assertFails(ErrorCode.SNAPSHOT_DAMAGED, () -> store.open("a", 5, 6).readAllBytes());
    assertFails(ErrorCode.SNAPSHOT_DAMAGED, () -> store.open("a", 20, 1).readAllBytes());
  }

  @Test
  void putIfAbsentWritesOnce() {
    assertThat(store.putIfAbsent("x/a", bytes("one"))).isTrue();
    assertThat(store.putIfAbsent("x/a", bytes("two"))).isFalse();
    assertThat(store.putIfAbsent("x/a", bytes("one"))).isFalse();

    assertThat(store.read("x/a")).hasValue(bytes("one"));
    store.delete("x/a");
    assertThat(store.putIfAbsent("x/a", bytes("two"))).isTrue();
  }

  @Test
  void replaceNeedsTheEtag() {
    assertThat(store.replace("a", bytes("one"), "no such")).isFalse();
    assertThat(store.read("a")).isEmpty();
    store.put("a", bytes("one"));
    String etag = store.stat("a").orElseThrow().etag();

    assertThat(store.replace("a", bytes("two"), etag)).isTrue();
    assertThat(store.replace("a", bytes("six"), etag)).isFalse();
    assertThat(store.read("a")).hasValue(bytes("two"));
  }

  /** Fills more than one part of an S3 upload by writes of odd sizes. */
  @Test
  void uploadIsWholeAfterCommit() throws IOException {
    byte[] content = random(20 * 1024 * 1024 + 123, 3);
    try (SnapshotStore.Upload upload = store.upload("s/dump.sql.zst")) {
      int at = 0;
      Random random = new Random(4);
      while (at < content.length) {
        int to = Math.min(content.length, at + 1 + random.nextInt(3_000_000));
        upload.write(content, at, to);
        at = to;
      }
      assertThat(store.stat("s/dump.sql.zst")).isEmpty();
      assertThat(store.list("")).isEmpty();
      upload.commit();
    }

    assertThat(store.stat("s/dump.sql.zst").orElseThrow().size()).isEqualTo(content.length);
    try (InputStream in = store.open("s/dump.sql.zst", 0, content.length)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(store.abortUploads("", later)).isZero();
  }

  @Test
  void uploadReplacesWhatWasThere() {
    store.put("a", bytes("before"));
    try (SnapshotStore.Upload upload = store.upload("a")) {
      upload.write(bytes("xafterx"), 1, 6);
      assertThat(store.read("a")).hasValue(bytes("before"));
      upload.commit();
    }

    assertThat(store.read("a")).hasValue(bytes("after"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 9 * 1024 * 1024})
  void uploadClosedWithoutCommitLeavesNothing(int length) {
    try (SnapshotStore.Upload upload = store.upload("a")) {
      upload.write(new byte[length], 0, length);
    }

    assertThat(store.list("")).isEmpty();
    assertThat(store.abortUploads("", later)).isZero();
  }

  @Test
  void deadUploadsAreAbortedByPrefixAndAge() {
    byte[] part = new byte[9 * 1024 * 1024];
    try (SnapshotStore.Upload mine = store.upload("s/e/mine.sql.zst");
        SnapshotStore.Upload other = store.upload("s/e/other.sql.zst")) {
      mine.write(part, 0, part.length);
      other.write(part, 0, part.length);

      assertThat(store.unfinishedUploads("", before)).isEmpty();
      assertThat(store.unfinishedUploads("", later))
          .containsExactlyInAnyOrder("s/e/mine.sql.zst", "s/e/other.sql.zst");
      assertThat(store.abortUploads("", before)).isZero();
      assertThat(store.abortUploads("s/e/mine", later)).isEqualTo(1);
      assertThat(store.unfinishedUploads("", later)).containsExactly("s/e/other.sql.zst");
      assertFails(ErrorCode.STORE_FAILED, mine::commit);
      other.commit();
    }

    assertThat(store.list("")).extracting(StoredObject::key).containsExactly("s/e/other.sql.zst");
  }
}
