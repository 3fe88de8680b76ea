package dev.decant.scale;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.source.DumpContent;
import dev.decant.source.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source whose text was recorded without its rows. It stands for the source itself in manifests,
 * and it can be read again and again.
 */
final class RecordedDump implements Source {
  /** The file of the text in the store. */
  static final String FILE = "dump";

  private static final int LEVEL = 3;

  private final SourceFacts facts;
  private final byte[] compressed;

  RecordedDump(SourceFacts facts, byte[] compressed) {
    this.facts = facts;
    this.compressed = compressed;
  }

  /** Reads a text to its end. */
  static byte[] record(InputStream text) {
    try {
      return Zstd.compress(text.readAllBytes(), LEVEL);
    } catch (IOException e) {
      throw new IllegalStateException(e); // the streams of sources throw none
    }
  }

  @Override
  public String uri() {
    return facts.uri();
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public String fileName() {
    return facts.fileName();
  }

  @Override
  public long size() {
    return facts.size();
  }

  @Override
  public @Nullable String etag() {
    return facts.etag();
  }

  @Override
  public Optional<Instant> modified() {
    return Optional.ofNullable(facts.modified()).map(Instant::parse);
  }

  @Override
  public boolean rereadable() {
    return true;
  }

  @Override
  public @Nullable String encoding() {
    return facts.encoding();
  }

  @Override
  public InputStream open() {
    throw new DecantException(
        ErrorCode.USAGE, uri() + " has no raw bytes, but a file is expected. Name a file.");
  }

  @Override
  public DumpContent content() {
    return new Content(compressed);
  }

  @Override
  public void close() {}

  /** The recorded text. */
  private static final class Content implements DumpContent {
    private final InputStream text;
    private final int total;

    Content(byte[] compressed) {
      total = compressed.length;
      try {
        text = new ZstdInputStream(new ByteArrayInputStream(compressed));
      } catch (IOException e) {
        throw new IllegalStateException(e); // an array throws none
      }
    }

    @Override
    public InputStream text() {
      return text;
    }

    @Override
    public long total() {
      return total;
    }

    @Override
    public long taken() {
      return 0;
    }

    @Override
    public void check() {}

    @Override
    public Optional<String> sha256() {
      return Optional.empty();
    }

    @Override
    public void close() {
      try {
        text.close();
      } catch (IOException e) {
        throw new IllegalStateException(e); // an array throws none
      }
    }
  }
}
