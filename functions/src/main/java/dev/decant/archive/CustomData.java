package dev.decant.archive;

import dev.decant.stream.StreamBlocks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The data of a custom archive: blocks behind the table of contents, which pg_dump writes in its
 * order. A block that comes at another place is read by its offset if the archive can be opened
 * there.
 */
final class CustomData implements ArchiveData {
  private static final int ROWS = 1;
  private static final int LARGE_OBJECTS = 3;

  private final ArchiveInput input;
  private final Compression compression;
  private final @Nullable LongFunction<InputStream> openAt;
  private final Set<Integer> done = new HashSet<>();

  /** The block whose header was read in sequence, or null. */
  private @Nullable Block pending;

  /** The stream at the block that was last read by its offset, or null. */
  private @Nullable InputStream aside;

  /** The header of a block. */
  private record Block(int type, int id) {}

  /**
   * Continues behind the table of contents.
   *
   * @param openAt opens the archive at an offset, or null if it can only be read once
   */
  CustomData(
      ArchiveInput input, Compression compression, @Nullable LongFunction<InputStream> openAt) {
    this.input = input;
    this.compression = compression;
    this.openAt = openAt;
  }

  @Override
  public InputStream rows(TocEntry entry) {
    ArchiveInput block = block(entry, ROWS);
    return compression.block(
        input.name() + " (the rows of " + entry.label().shown() + ")", new ChunkBlocks(block));
  }

  @Override
  public void largeObjects(TocEntry entry, Target target) {
    ArchiveInput block = block(entry, LARGE_OBJECTS);
    for (int oid = block.integer(); oid != 0; oid = block.integer()) {
      String name = input.name() + " (large object " + Integer.toUnsignedString(oid) + ")";
      try (InputStream object = compression.block(name, new ChunkBlocks(block))) {
        target.object(oid, object);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // the streams of this package throw none
      }
    }
  }

  /** The input at the block of an entry, behind its header. */
  private ArchiveInput block(TocEntry entry, int type) {
    if (pending == null) {
      pending = nextBlock();
    }
    ArchiveInput at = input;
    Block block = pending;
    if (block.id() == entry.id()) {
      pending = null;
    } else {
      at = elsewhere(entry);
      block = header(at);
    }
    if (block.id() != entry.id() || block.type() != type) {
      throw ArchiveProblem.damaged(
          input.name(), "the data of " + entry.label().shown() + " is not at its place");
    }
    done.add(entry.id());
    return at;
  }

  /** The next block in sequence whose data was not read at its offset before. */
  private Block nextBlock() {
    Block block = header(input);
    while (done.contains(block.id())) {
      skip(block);
      block = header(input);
    }
    return block;
  }

  private void skip(Block block) {
    if (block.type() == ROWS) {
      new ChunkBlocks(input).skip();
      return;
    }
    while (input.integer() != 0) {
      new ChunkBlocks(input).skip();
    }
  }

  private Block header(ArchiveInput from) {
    int type = from.next();
    if (type != ROWS && type != LARGE_OBJECTS) {
      throw ArchiveProblem.damaged(input.name(), "a block of data has an unknown type");
    }
    return new Block(type, from.integer());
  }

  private ArchiveInput elsewhere(TocEntry entry) {
    if (openAt == null || entry.offset() < 0) {
      throw ArchiveProblem.unsupported(
          input.name(),
          "has the data of "
              + entry.label().shown()
              + " in another order than its table of contents. Name the archive itself as the"
              + " source, uncompressed and not in a pipe, or convert it: pg_restore -f - FILE |"
              + " decant sanitize - --name NAME");
    }
    close();
    aside = openAt.apply(entry.offset());
    return input.elsewhere(new StreamBlocks(input.name(), aside));
  }

  @Override
  public void close() {
    if (aside != null) {
      try {
        aside.close();
      } catch (IOException e) {
        // Nothing was written, so nothing can be lost.
      }
      aside = null;
    }
  }
}
