package dev.decant.archive;

import dev.decant.stream.ByteBlocks;
import dev.decant.stream.GzipText;
import dev.decant.stream.Lz4Text;
import dev.decant.stream.PlainText;
import dev.decant.stream.ZlibText;
import dev.decant.stream.ZstdText;
import java.io.InputStream;

/** The compression of an archive's data. */
enum Compression {
  NONE(""),
  GZIP(".gz"),
  LZ4(".lz4"),
  ZSTD(".zst");

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** The end of the names of files with this compression. */
  String suffix() {
    return suffix;
  }

  static Compression ofFile(String file) {
    for (Compression compression : values()) {
      if (compression != NONE && file.endsWith(compression.suffix)) {
        return compression;
      }
    }
    return NONE;
  }

  /** Decompresses a file of the directory format. */
  InputStream file(String name, ByteBlocks raw) {
    return this == GZIP ? new GzipText(name, raw) : block(name, raw);
  }

  /** Decompresses a block of the custom format, where gzip means a bare zlib stream. */
  InputStream block(String name, ByteBlocks raw) {
    return switch (this) {
      case NONE -> new PlainText(raw);
      case GZIP -> new ZlibText(name, raw);
      case LZ4 -> new Lz4Text(name, raw);
      case ZSTD -> new ZstdText(name, raw);
    };
  }
}
