package dev.decant.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestJson;
import dev.decant.manifest.Signatures;
import dev.decant.manifest.SnapshotName;
import dev.decant.store.StoredObject;
import dev.decant.stream.Digests;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A copy of a published snapshot, which a test damages. */
final class PublishedCopy {
  static final String MANIFEST = ShopSnapshot.NAME.key(SnapshotName.MANIFEST);
  static final String DUMP = ShopSnapshot.NAME.key(SnapshotName.DUMP);

  private static final JsonMapper JSON = new JsonMapper();

  final MemorySnapshotStore store = new MemorySnapshotStore();

  PublishedCopy(MemorySnapshotStore published) {
    for (StoredObject object : published.list("")) {
      store.put(object.key(), published.read(object.key()).orElseThrow());
    }
  }

  byte[] read(String key) {
    return store.read(key).orElseThrow().clone();
  }

  Manifest manifest() {
    return ManifestJson.read(read(MANIFEST), "m");
  }

  PublishedCopy flip(String key, int at, int bit) {
    byte[] bytes = read(key);
    bytes[at] ^= (byte) (1 << bit);
    store.put(key, bytes);
    return this;
  }

  PublishedCopy change(String key, UnaryOperator<byte[]> change) {
    store.put(key, change.apply(read(key)));
    return this;
  }

  /** Changes the manifest and keeps its signature. */
  PublishedCopy edit(Consumer<ObjectNode> change) {
    try {
      ObjectNode tree = (ObjectNode) JSON.readTree(read(MANIFEST));
      change.accept(tree);
      store.put(MANIFEST, JSON.writeValueAsBytes(tree));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the manifest and signs it again, as a publisher with a defect would. */
  PublishedCopy publishAgain(Consumer<ObjectNode> change) {
    edit(change);
    store.put(MANIFEST, ManifestJson.write(Signatures.sign(manifest(), ShopSnapshot.KEY)));
    return this;
  }

  /** Repeats the frame with this index, and makes all sums, sizes and counts fit. */
  PublishedCopy repeatFrame(int index) {
    byte[] old = read(DUMP);
    Manifest manifest = manifest();
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    publishAgain(
        tree -> {
          ArrayNode frames = (ArrayNode) tree.get("frames");
          ObjectNode again = (ObjectNode) frames.get(index).deepCopy();
          frames.insert(index, again);
          long rows = again.get("rows").longValue();
          long text = again.get("textLength").longValue();
          for (JsonNode frame : frames) {
            int from = frame.get("offset").intValue();
            ((ObjectNode) frame).put("offset", dump.size());
            dump.write(old, from, frame.get("length").intValue());
          }
          dump.writeBytes(seekTable(frames));
          ObjectNode file = (ObjectNode) tree.get("dump");
          file.put("size", dump.size()).put("textSize", file.get("textSize").longValue() + text);
          file.put("sha256", Digests.sha256(dump.toByteArray()));
          file.put("md5", Digests.md5(dump.toByteArray()));
          tree.put("rowsOut", manifest.rowsOut() + rows);
          for (JsonNode table : tree.get("tables")) {
            if (table.get("table").equals(again.get("table"))) {
              ((ObjectNode) table).put("rowsOut", table.get("rowsOut").longValue() + rows);
            }
          }
        });
    store.put(DUMP, dump.toByteArray());
    String md5 = Digests.md5(dump.toByteArray());
    String file = md5 + "  " + ShopSnapshot.NAME.name() + SnapshotName.DUMP + "\n";
    store.put(ShopSnapshot.NAME.key(SnapshotName.MD5), file.getBytes(UTF_8));
    return this;
  }

  private static byte[] seekTable(ArrayNode frames) {
    ByteBuffer table = ByteBuffer.allocate(17 + 8 * frames.size()).order(ByteOrder.LITTLE_ENDIAN);
    table.putInt(0x184D2A5E).putInt(9 + 8 * frames.size());
    for (JsonNode frame : frames) {
      table.putInt(frame.get("length").intValue()).putInt(frame.get("textLength").intValue());
    }
    table.putInt(frames.size()).put((byte) 0).putInt(0x8F92EAB1);
    return Arrays.copyOf(table.array(), table.position());
  }
}
