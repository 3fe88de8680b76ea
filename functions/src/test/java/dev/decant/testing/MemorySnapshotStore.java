package dev.decant.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.ManifestSchema;
import dev.decant.manifest.SnapshotName;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory, for tests of code that uses a store. It fulfils the same contract as the real
 * stores. It calls a listener before each change, so that a test can let the change fail, or look
 * at the state that others see at this moment.
 */
public final class MemorySnapshotStore implements SnapshotStore {
  private record Content(byte[] bytes, Instant modified, String etag) {}

  private final TreeMap<String, Content> objects = new TreeMap<>();
  private final Map<Upload, Begun> uploads = new HashMap<>();
  private int writes;

  /** Every change, in order: {@code put KEY}, {@code commit KEY}, {@code delete KEY}. */
  public final List<String> changes = new ArrayList<>();

  /** Called before each change. */
  public Consumer<String> before = _ -> {};

  /** Called after each change. */
  public Consumer<String> after = _ -> {};

  /** The number of reads of whole objects. */
  public int reads;

  /** The number of times that an object, or a part of one, was opened as a stream. */
  public int opens;

  private record Begun(String key, Instant time) {}

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public String locate(String key) {
    return "memory/" + check(key);
  }

  @Override
  public synchronized Optional<StoredObject> stat(String key) {
    return Optional.ofNullable(objects.get(check(key))).map(content -> object(key, content));
  }

  private static StoredObject object(String key, Content content) {
    return new StoredObject(key, content.bytes().length, content.modified(), content.etag());
  }

  @Override
  public synchronized List<StoredObject> list(String prefix) {
    if (prefix.contains("..")) {
      check(prefix + "x");
    }
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> object(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public synchronized InputStream open(String key, long offset, long length) {
    opens++;
    Content content = objects.get(check(key));
    if (content == null) {
      throw new DecantException(ErrorCode.SNAPSHOT_NOT_FOUND, "There is no " + locate(key) + ".");
    }
    if (offset + length > content.bytes().length) {
      throw new DecantException(ErrorCode.SNAPSHOT_DAMAGED, locate(key) + " is too short.");
    }
    return new ByteArrayInputStream(content.bytes(), (int) offset, (int) length);
  }

  @Override
  public synchronized Optional<byte[]> read(String key) {
    reads++;
    return Optional.ofNullable(objects.get(check(key))).map(content -> content.bytes().clone());
  }

  @Override
  public void put(String key, byte[] content) {
    check(key);
    change("put " + key, () -> write(key, content));
  }

  private boolean write(String key, byte[] content) {
    writes++;
    objects.put(key, new Content(content.clone(), Instant.now(), "etag" + writes));
    return true;
  }

  /**
   * Makes a change, and calls the listeners before and after it. A listener may use the store, also
   * from other threads.
   */
  private boolean change(String what, BooleanSupplier act) {
    before.accept(what);
    synchronized (this) {
      if (!act.getAsBoolean()) {
        return false;
      }
      changes.add(what);
    }
    after.accept(what);
    return true;
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    requireSchema(key, content);
    return stat(key).isEmpty()
        && change("putIfAbsent " + key, () -> !objects.containsKey(key) && write(key, content));
  }

  /** Each manifest that a test publishes must fit the published schema. */
  private static void requireSchema(String key, byte[] content) {
    if (key.endsWith(SnapshotName.MANIFEST)) {
      try {
        ObjectNode manifest = (ObjectNode) new JsonMapper().readTree(content);
        assertThat(ManifestSchema.problems(manifest)).as(key).isEmpty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public boolean replace(String key, byte[] content, String etag) {
    return isStill(key, etag)
        && change("replace " + key, () -> isStill(key, etag) && write(key, content));
  }

  private boolean isStill(String key, String etag) {
    return stat(key).map(StoredObject::etag).filter(etag::equals).isPresent();
  }

  @Override
  public synchronized Upload upload(String key) {
    MemoryUpload upload = new MemoryUpload(check(key));
    uploads.put(upload, new Begun(key, Instant.now()));
    return upload;
  }

  @Override
  public void delete(String key) {
    check(key);
    change(
        "delete " + key,
        () -> {
          objects.remove(key);
          return true;
        });
  }

  @Override
  public synchronized List<String> unfinishedUploads(String prefix, Instant olderThan) {
    return uploads.values().stream()
        .filter(begun -> begun.key().startsWith(prefix) && begun.time().isBefore(olderThan))
        .map(Begun::key)
        .toList();
  }

  @Override
  public synchronized int abortUploads(String prefix, Instant olderThan) {
    int before = uploads.size();
    uploads
        .values()
        .removeIf(begun -> begun.key().startsWith(prefix) && begun.time().isBefore(olderThan));
    return before - uploads.size();
  }

  /** The uploads that were begun and neither committed nor aborted. */
  public synchronized int openUploads() {
    return uploads.size();
  }

  private static String check(String key) {
    boolean bad =
        key.isEmpty()
            || key.startsWith("/")
            || key.endsWith("/")
            || key.contains("\\")
            || key.indexOf('\0') >= 0
            || Stream.of(key.split("/", -1))
                .anyMatch(
                    p ->
                        p.isEmpty()
                            || p.startsWith("..")
                            || p.equals(".")
                            || p.startsWith(".decant"));
    if (bad) {
      throw new DecantException(ErrorCode.USAGE, "\"" + key + "\" cannot be a key in a store.");
    }
    return key;
  }

  @Override
  public void close() {}

  private final class MemoryUpload implements Upload {
    private final String key;
    private @Nullable ByteArrayOutputStream written = new ByteArrayOutputStream();

    MemoryUpload(String key) {
      this.key = key;
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
      open().write(bytes, from, to - from);
    }

    private ByteArrayOutputStream open() {
      if (written == null) {
        throw new IllegalStateException("upload is over: " + key);
      }
      return written;
    }

    @Override
    public void commit() {
      byte[] content = open().toByteArray();
      change(
          "commit " + key,
          () -> {
            if (uploads.remove(this) == null) {
              throw new DecantException(ErrorCode.STORE_FAILED, "The upload was aborted.");
            }
            written = null;
            return MemorySnapshotStore.this.write(key, content);
          });
    }

    @Override
    public void close() {
      synchronized (MemorySnapshotStore.this) {
        uploads.remove(this);
      }
    }
  }
}
