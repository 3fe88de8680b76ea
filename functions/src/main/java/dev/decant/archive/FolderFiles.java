package dev.decant.archive;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.Digests;
import dev.decant.stream.ReadAhead;
import dev.decant.stream.TextPipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Opens the files of a folder, each with threads of its own, and remembers their digests. */
final class FolderFiles {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

  private final String name;
  private final ArchiveFolder folder;
  private final AtomicLong taken = new AtomicLong();
  private final Map<String, String> digests = new TreeMap<>();

  FolderFiles(String name, ArchiveFolder folder) {
    this.name = name;
    this.folder = folder;
  }

  /** The number of bytes of the files that were read completely. */
  long taken() {
    return taken.get();
  }

  /** The SHA-256 of the files that were read, as the output of sha256sum with sorted names. */
  synchronized String digest() {
    StringBuilder lines = new StringBuilder();
    digests.forEach((file, hex) -> lines.append(hex).append("  ").append(file).append('\n'));
    return Digests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Opens the file of this name, or with the suffix of a compression. Its decompressed bytes are
   * read ahead.
   */
  InputStream open(String wanted) {
    String file = find(wanted);
    long size = folder.files().getOrDefault(file, 0L);
    String shown = name + file;
    MessageDigest sha256 = Digests.sha256();
    ReadAhead raw = new ReadAhead(shown, folder.open(file), 1, List.of(sha256));
    return new TextPipe(
        "decant-file",
        sink -> {
          try (raw;
              InputStream text = Compression.ofFile(file).file(shown, raw)) {
            sink.transfer(text);
            if (raw.taken() != size) {
              throw ArchiveProblem.cut(shown, "after " + raw.taken() + " of " + size + " bytes");
            }
            read(file, size, Digests.hex(sha256));
          } catch (IOException e) {
            throw new UncheckedIOException(e); // the streams of this package throw none
          }
        });
  }

  /** The file of this name, or with the suffix of a compression, as it is now. */
  DataFile file(String wanted) {
    String file = find(wanted);
    return new DataFile(
        wanted, folder.files().getOrDefault(file, 0L), file + ' ' + folder.state(file));
  }

  private synchronized void read(String file, long size, String digest) {
    if (digests.put(file, digest) != null) {
      throw ArchiveProblem.damaged(name, "it names the file " + file + " twice");
    }
    taken.addAndGet(size);
  }

  private String find(String wanted) {
    if (!SAFE.matcher(wanted).matches()) {
      throw ArchiveProblem.damaged(name, "its table of contents has a file name that is not safe");
    }
    for (Compression compression : Compression.values()) {
      if (folder.files().containsKey(wanted + compression.suffix())) {
        return wanted + compression.suffix();
      }
    }
    throw new DecantException(
        ErrorCode.INPUT_CUT,
        name
            + " has no file "
            + wanted
            + ", which its toc.dat names. Copy or upload the whole folder again.");
  }
}
