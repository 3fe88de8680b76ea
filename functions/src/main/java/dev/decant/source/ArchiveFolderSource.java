package dev.decant.source;

import dev.decant.archive.ArchiveFolder;
import org.jspecify.annotations.Nullable;

/** An archive of pg_dump in the directory format (-Fd), which is several files. */
interface ArchiveFolderSource extends Source, ArchiveFolder {
  @Override
  default long size() {
    return files().values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  default @Nullable String etag() {
    return null;
  }

  @Override
  default boolean rereadable() {
    return true;
  }

  @Override
  default ArchiveFolder folder() {
    return this;
  }
}
