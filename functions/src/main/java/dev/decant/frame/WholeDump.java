package dev.decant.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import dev.decant.stream.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a dump once from its first to its last byte, and compares it with what its manifest states.
 * Unlike the other readers, it does not stop at the first difference.
 */
public final class WholeDump {
  /** The line that ends the rows, and empty lines. psql would run anything else as SQL. */
  private static final Pattern END = Pattern.compile("\\\\\\.\n+");

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final WrittenSnapshot stated;
  private final Progress progress;
  private final Runnable guard;
  private final MessageDigest sha256 = Digests.sha256();
  private final MessageDigest md5 = Digests.md5();
  private final List<String> differences = new ArrayList<>();

  private WholeDump(InputStream in, WrittenSnapshot stated, Progress progress, Runnable guard) {
    this.in = in;
    this.stated = stated;
    this.progress = progress;
    this.guard = guard;
  }

  /**
   * Returns a line for each difference: of the size and the sums of the file, of the sum, the size
   * and the number of rows of each frame, and of the seek table. No line contains a value of a row.
   *
   * @param stated what the manifest states; its frames have no gaps
   * @param guard is called before each frame; it throws to end the comparison
   */
  public static List<String> differences(
      SnapshotStore store, String key, WrittenSnapshot stated, Progress progress, Runnable guard) {
    Optional<StoredObject> dump = store.stat(key);
    if (dump.isEmpty()) {
      return List.of("It does not exist, although its manifest does.");
    }
    long size = dump.get().size();
    progress.stage("check sums", size, "B");
    try (InputStream in = store.open(key, 0, size)) {
      WholeDump whole = new WholeDump(in, stated, progress, guard);
      whole.compare(size);
      return whole.differences;
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.STORE_FAILED,
          store.locate(key) + " could not be read. Run the command again.",
          e);
    } finally {
      progress.done();
    }
  }

  private void compare(long size) throws IOException {
    if (size != stated.size()) {
      add("It has " + size + " bytes, but the manifest states " + stated.size() + ".");
    }
    boolean complete = true;
    for (Frame frame : stated.frames()) {
      guard.run();
      complete = frame(frame);
      if (!complete) {
        break;
      }
    }
    if (complete) {
      seekTable();
    }
    drain();
    sum("SHA-256", stated.sha256(), sha256);
    sum("MD5", stated.md5(), md5);
  }

  private void sum(String name, String wanted, MessageDigest found) {
    if (!Digests.hex(found).equals(wanted)) {
      add("The file does not have the " + name + " that the manifest states.");
    }
  }

  /** Returns false if the file ends within the frame, or if no frame can be so large. */
  private boolean frame(Frame frame) throws IOException {
    try {
      FrameLimits.check("the dump", frame);
    } catch (DecantException e) {
      add(frame, "is larger than any frame can be");
      return false;
    }
    byte[] compressed = next((int) frame.length());
    if (compressed.length < frame.length()) {
      add(frame, "is cut");
      return false;
    }
    if (!FrameSource.matches(frame, compressed)) {
      add(frame, "does not have the SHA-256 that the manifest states");
    } else {
      text(frame, compressed);
    }
    progress.advance(frame.length(), String.valueOf(frame.table()));
    return true;
  }

  private void text(Frame frame, byte[] compressed) {
    byte[] text;
    try {
      long length = Zstd.getFrameContentSize(compressed, 0, compressed.length);
      text = length == frame.textLength() ? Zstd.decompress(compressed, (int) length) : null;
    } catch (ZstdException e) {
      add(frame, "cannot be decompressed");
      return;
    }
    if (text == null || text.length != frame.textLength()) {
      add(frame, "does not have the uncompressed length that the manifest states");
    } else if (frame.kind() == Frame.Kind.ROWS && lines(text) != frame.rows()) {
      add(frame, "has " + lines(text) + " rows, but the manifest states " + frame.rows());
    } else if (frame.kind() == Frame.Kind.END
        && !END.matcher(new String(text, ISO_8859_1)).matches()) {
      add(frame, "is not the end of the rows of a table");
    }
  }

  private static long lines(byte[] text) {
    long lines = 0;
    for (byte each : text) {
      if (each == '\n') {
        lines++;
      }
    }
    return lines;
  }

  private void seekTable() throws IOException {
    byte[] wanted =
        SeekTable.encode(
            stated.frames().stream()
                .map(f -> new SeekTable.Entry(f.length(), f.textLength()))
                .toList());
    if (!Arrays.equals(next(wanted.length), wanted)) {
      add("The seek table at its end does not match the frames.");
    }
  }

  private byte[] next(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    sha256.update(bytes);
    md5.update(bytes);
    return bytes;
  }

  /** Reads what is left, so that the sums are those of the whole file. */
  private void drain() throws IOException {
    byte[] bytes = next(BUFFER);
    while (bytes.length > 0) {
      guard.run();
      bytes = next(BUFFER);
    }
  }

  private void add(Frame frame, String how) {
    add(
        "The frame at byte "
            + frame.offset()
            + (frame.table() == null ? " (DDL) " : " (" + kind(frame) + frame.table() + ") ")
            + how
            + '.');
  }

  private static String kind(Frame frame) {
    return switch (frame.kind()) {
      case ROWS -> "rows of ";
      case COPY -> "beginning of ";
      case END -> "end of ";
      case DDL -> "DDL of ";
    };
  }

  private void add(String line) {
    differences.add(line);
  }
}
